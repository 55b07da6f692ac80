// What the filter of the graph knows: fields that nodes and edges have, and those of edges alone. Pure.

import { peerName } from '@latchwork/figures/peer';
import { groupOf } from '@latchwork/graph/scene/box-of';
import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { isAllRefused, refusedRps } from '@latchwork/shared/refusal';
import type { Language, NumberField, TextField } from '../../../filter/filter.ts';
import type { Unit } from '../../../filter/filter-numbers.ts';
import type { Reach } from './reach.ts';

/** What is tested: a node with what it is called, or an edge with both of its ends. */
export interface Thing {
  /** One of a node, two of an edge. */
  ends: readonly Node[];
  edge: Edge | null;
}

type Fields = Language<Thing>['fields'];

const LOCKS = ['secured', 'mixed', 'plaintext', 'opaque', 'unknown', 'refused', 'broken'];

export function nodeLanguage(reach: Reach): Language<Thing> {
  return { fields: commonFields(reach), word };
}

export function edgeLanguage(reach: Reach): Language<Thing> {
  const end = (index: number): TextField<Thing> => ({
    texts: ({ ends }) => namesOf(ends[index]),
    fits: isSame,
  });
  return {
    fields: [
      ...commonFields(reach),
      { names: ['lock'], about: 'of an edge', field: { texts: locksOf, fits: isSame, known: LOCKS } },
      { names: ['from', 'source'], about: 'the caller of an edge', field: end(0) },
      { names: ['to', 'target'], about: 'who is called', field: end(1) },
      {
        names: ['secured'],
        about: 'percent',
        field: number('percent', ({ edge }) => edge?.lock.securedShare),
      },
      { names: ['bytes'], about: 'a second', field: number('bytes', ({ edge }) => bytesOf(edge)) },
    ],
    word,
  };
}

function commonFields({ before, after }: Reach): Fields {
  // An edge lies on the way to whatever its target leads to, and from whatever leads to its caller.
  const upstream: TextField<Thing> = {
    texts: ({ ends }) => [...after(ends.at(-1)?.id ?? '')].flatMap(namesOfId),
    fits: isSame,
  };
  const downstream: TextField<Thing> = {
    texts: ({ ends }) => [...before(ends[0]?.id ?? '')].flatMap(namesOfId),
    fits: isSame,
  };
  return [
    { names: ['name'], about: 'of a workload', field: { texts: ({ ends }) => ends.flatMap(namesOf) } },
    {
      names: ['namespace', 'ns'],
      about: '',
      field: { texts: ({ ends }) => ends.flatMap(namespaceOf), fits: isSame },
    },
    {
      names: ['group'],
      about: 'where boxes are a label’s',
      field: { texts: ({ ends }) => ends.flatMap((node) => groupOf(node)?.box ?? []), fits: isSame },
    },
    { names: ['kind'], about: 'such as deployment', field: { texts: ({ ends }) => ends.map(kindOf) } },
    { names: ['upstream'], about: 'all that leads to it', field: upstream },
    { names: ['downstream'], about: 'all that it leads to', field: downstream },
    {
      names: ['rate', 'rps'],
      about: 'requests a second',
      field: number('count', (thing) => goldenOf(thing)?.rps),
    },
    {
      names: ['success'],
      about: 'percent',
      field: number('percent', (thing) => goldenOf(thing)?.successRate),
    },
    { names: ['p95'], about: 'latency', field: number('ms', (thing) => goldenOf(thing)?.p95Ms) },
    { names: ['p99'], about: 'latency', field: number('ms', (thing) => goldenOf(thing)?.p99Ms) },
    { names: ['refused'], about: 'a second', field: number('count', refusedOf) },
  ];
}

function word(wanted: string) {
  return ({ ends }: Thing) =>
    ends.some((node) =>
      [...namesOf(node), ...namespaceOf(node), kindOf(node)].some((text) => text.includes(wanted)),
    );
}

function number(unit: Unit, read: (thing: Thing) => number | null | undefined): NumberField<Thing> {
  return { number: (thing) => read(thing) ?? null, unit };
}

function goldenOf({ ends: [node], edge }: Thing) {
  if (edge) return isAllRefused(edge) ? null : edge.http;
  return node?.type === 'workload' ? node.golden : null;
}

function refusedOf({ ends: [node], edge }: Thing): number | null {
  if (edge) return refusedRps(edge);
  return node?.type === 'workload' ? node.denied : null;
}

function bytesOf(edge: Edge | null): number | null {
  const { readBytesPerSecond: read = null, writeBytesPerSecond: written = null } = edge?.tcp ?? {};
  return read === null && written === null ? null : (read ?? 0) + (written ?? 0);
}

function locksOf({ edge }: Thing): string[] {
  if (!edge) return [];
  if (isAllRefused(edge)) return ['refused'];
  const isBroken = !edge.http && !edge.tcp && edge.unreached !== null;
  return [isBroken ? 'broken' : edge.lock.state, ...(edge.refusedShare ? ['refused'] : [])];
}

function namesOf(node: Node | undefined): string[] {
  if (!node) return [];
  const known = node.type === 'external' && node.name !== null ? [node.name] : [];
  return [...known, ...namesOfId(node.id)];
}

function namesOfId(id: string): string[] {
  const { name, namespace } = peerName(id);
  return namespace === null ? [name] : [name, `${namespace}/${name}`];
}

function namespaceOf(node: Node): string[] {
  return 'namespace' in node ? [node.namespace] : [];
}

function kindOf(node: Node): string {
  return node.type === 'workload' ? node.kind : node.type;
}

/** `web` is not `webhook`. */
function isSame(text: string, wanted: string): boolean {
  return text === wanted;
}
