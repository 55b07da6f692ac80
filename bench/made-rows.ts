// A mesh as the rows that Prometheus would answer with: one list for each question of the collector.

import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { OWN_OWNER_LABELS } from '../apps/server/src/sources/prometheus/questions/owners/owner-labels.ts';

export interface MadeMesh {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export interface MadeRow {
  /** As JSON. */
  readonly labels: string;
  readonly value: (atSeconds: number) => number;
  /** `le`, of a bucket. */
  readonly bound?: string;
  /** Namespaces of an edge. */
  readonly ends?: readonly string[];
}

type Labels = Record<string, string>;

const PORT = '8080';
const BOUNDS = [1, 10, 100, 1000, 10_000].flatMap((ten) => [1, 2, 3, 4, 5].map((digit) => digit * ten));
/** The bounds that a question for fewer of them names. */
export const COARSE_BOUNDS: ReadonlySet<string> = new Set([
  '1',
  '2',
  '5',
  '10',
  '20',
  '50',
  '100',
  '200',
  '500',
  '1000',
  '2000',
  '5000',
  '10000',
  '50000',
  '+Inf',
]);
const LES = [...BOUNDS.map(String), '+Inf'];
const LABEL_OF = new Map<string, string>(OWN_OWNER_LABELS.map(([label, kind]) => [kind, label]));

export function madeRows({ nodes, edges }: MadeMesh, scrapeSeconds: number) {
  const workloads = nodes.filter((node) => node.type === 'workload');
  const callers = new Set(edges.map(({ source }) => source));
  const plain = new Set(edges.filter(({ lock }) => lock.state === 'plaintext').map(({ target }) => target));
  // Whoever calls has a proxy, whatever their callers' locks are.
  const meshed = new Set(workloads.map(({ id }) => id).filter((id) => callers.has(id) || !plain.has(id)));
  const rows = {
    facts: factsOf(meshed.size, scrapeSeconds),
    /** Which bounds histograms have. */
    bounds: ['inbound', 'outbound'].flatMap((direction) =>
      LES.map((le) => row({ direction, le }, meshed.size, 0)),
    ),
    /** Nothing is new. */
    added: [row({}, 0)],
    outbound: [] as MadeRow[],
    inbound: [] as MadeRow[],
    inboundLatency: [] as MadeRow[],
    outboundLatency: [] as MadeRow[],
    connections: [] as MadeRow[],
    open: [] as MadeRow[],
    volume: [] as MadeRow[],
  };
  const received = new Map<string, number>();
  for (const edge of edges) {
    const { source, target, http } = edge;
    if (http) received.set(target, (received.get(target) ?? 0) + http.rps);
    const caller = parseNodeId(source);
    if (caller?.type === 'unmeshed')
      addInbound(edge, { tls: 'no_identity', no_tls_reason: 'no_tls_from_remote' });
    else if (caller?.type === 'workload') {
      addOutbound(edge);
      if (meshed.has(target)) addInbound(edge, { tls: 'true', client_id: identityOf(source) });
    }
  }
  for (const id of meshed) addBuckets(rows.inboundLatency, ownLabels(id), received.get(id) ?? 0.1, id.length);
  return rows;

  function addOutbound(edge: Edge): void {
    const { source, target, http } = edge;
    const names = { ...ownLabels(source), ...targetLabels(target, meshed.has(target)) };
    const ends = [source, target].flatMap((id) => namespaceOf(id) ?? []);
    const locked = verdicts(edge, target);
    for (const [lock, share] of locked) {
      const labels = { ...names, ...lock };
      if (http) {
        const success = http.successRate ?? 1;
        const rps = http.rps * share;
        const ok = { classification: 'success', status_code: '200' };
        rows.outbound.push(row({ ...labels, ...ok }, rps * success));
        const broken = { classification: 'failure', status_code: '500' };
        if (success < 1) rows.outbound.push(row({ ...labels, ...broken }, rps * (1 - success)));
      }
      rows.connections.push(row(labels, 2 * share));
    }
    if (http) {
      addBuckets(rows.outboundLatency, names, http.rps, source.length + target.length, ends);
      rows.connections.push(row({ ...names, pool: 'yes' }, 3));
    }
    rows.open.push(row(names, 2, 0));
    const volumes = { opensPerSecond: 0.02, readBytesPerSecond: 900, writeBytesPerSecond: 300 };
    for (const [what, value] of Object.entries(volumes)) rows.volume.push(row({ ...names, what }, value));
  }

  function addInbound({ target, http }: Edge, who: Labels): void {
    if (!http || !parseNodeId(target)) return;
    const labels = {
      ...ownLabels(target),
      ...{ target_port: PORT, srv_port: PORT, srv_name: 'all-unauthenticated' },
      ...{ route_name: 'default', authz_name: 'all-unauthenticated', classification: 'success' },
      ...who,
    };
    rows.inbound.push(row(labels, http.rps));
  }
}

function factsOf(proxies: number, scrapeSeconds: number): MadeRow[] {
  return [
    row({ fact: 'interval' }, scrapeSeconds, 0),
    row({ fact: 'proxies', version: 'v2.336.0' }, 3 * proxies, 0),
    row({ fact: 'pods' }, 3 * proxies, 0),
    row({ fact: 'workloads' }, proxies, 0),
  ];
}

/** A log-logistic distribution around a median that the salt decides. */
function addBuckets(to: MadeRow[], names: Labels, rps: number, salt: number, ends?: readonly string[]): void {
  const medianMs = 2 + ((salt * 37) % 180);
  for (const le of LES) {
    const share = le === '+Inf' ? 1 : 1 / (1 + (medianMs / Number(le)) ** 2);
    const made = row({ ...names, le }, rps * share, 0.02);
    to.push(ends ? { ...made, bound: le, ends } : { ...made, bound: le });
  }
}

function row(labels: Labels, value: number, sway = 0.15): MadeRow {
  const phase = labels['namespace']?.length ?? 1;
  let calls = 0;
  return {
    labels: JSON.stringify(labels),
    value: (atSeconds) =>
      value * (1 + sway * Math.sin(atSeconds * 1.3 + phase + 7.7 * value + 0.9 * calls++)),
  };
}

function ownLabels(id: string): Labels {
  const parts = parseNodeId(id);
  if (parts?.type !== 'workload') throw new Error(`no workload: ${id}`);
  return { namespace: parts.namespace, [LABEL_OF.get(parts.kind) ?? 'deployment']: parts.name };
}

function targetLabels(id: string, isMeshed: boolean): Labels {
  const parts = parseNodeId(id);
  if (parts?.type === 'external' && parts.what === 'host')
    return { target_addr: parts.address, target_port: parts.address.split(':').at(-1) ?? '443' };
  if (parts?.type !== 'workload') return { target_addr: '192.0.2.1:443', target_port: '443' };
  return {
    dst_namespace: parts.namespace,
    [`dst_${LABEL_OF.get(parts.kind) ?? 'deployment'}`]: parts.name,
    dst_service: parts.name,
    ...(isMeshed ? { dst_control_plane_ns: 'linkerd' } : {}),
    target_port: PORT,
  };
}

function verdicts({ lock }: Edge, target: string): [Labels, number][] {
  const secured: Labels = { tls: 'true', server_id: identityOf(target) };
  const open: Labels = { tls: 'no_identity', no_tls_reason: 'not_provided_by_service_discovery' };
  const share = lock.securedShare ?? 0;
  const all: [Labels, number][] = [
    [secured, share],
    [open, 1 - share],
  ];
  return all.filter(([, part]) => part > 0);
}

function namespaceOf(id: string): string | null {
  const parts = parseNodeId(id);
  return parts?.type === 'workload' ? parts.namespace : null;
}

function identityOf(id: string): string {
  const [namespace, , name] = id.split('/');
  return `${name}.${namespace}.serviceaccount.identity.linkerd.cluster.local`;
}
