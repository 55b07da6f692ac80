// What a card says in figures: a rate and one fact beside it, never three. Told once, for the page and for every picture.

import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { bytesRate } from './bytes.ts';
import { counted } from './count.ts';
import { type Fact, plain, quiet } from './fact.ts';
import { latency, latencyBelow } from './latency.ts';
import { rate } from './rate.ts';
import { toldSuccess } from './success.ts';
import type { Targets } from './targets.ts';
import { latencyTone } from './tone.ts';

/** `rest`: many that would each have a card, where there is no room for all. */
export type CardType =
  | 'workload'
  | 'service'
  | 'unmeshed'
  | 'external'
  | 'peer'
  | 'outside'
  | 'folded'
  | 'rest';

/** Of the edges into a card; out of it, for callers without a proxy. */
export interface CardTraffic {
  /** Null without requests. */
  rps: number | null;
  successRate: number | null;
  /** Of the window, and how many of them failed. */
  requests: number;
  failures: number;
  p95Ms: number | null;
  /** TCP without requests; its numbers are null where the source did not answer. */
  tcp: { openConnections: number | null; bytesPerSecond: number | null } | null;
  /** What policy turned away, and what never got to an endpoint: requests a second. */
  refusedRps: number;
  unreachedRps: number;
}

export interface ToldCard {
  type: CardType;
  /** Has a proxy of its own; null when metrics cannot tell, and for anything but one workload. */
  meshed: boolean | null;
  nodes: readonly Node[];
  traffic: CardTraffic;
}

/** The lines under the name; a folded namespace has two. `calls`: it has callees in the picture. */
export function cardFacts(card: ToldCard, calls: boolean, targets: Targets): Fact[][] {
  const { type, traffic, nodes } = card;
  switch (type) {
    case 'unmeshed':
      return [[seen(traffic, ' in') ?? quiet('seen')]];
    case 'outside':
      return [[seen(traffic) ?? quiet('seen')]];
    case 'external':
      return [[outside(card)]];
    case 'peer':
      return [[...[seen(traffic)].filter((fact) => fact !== null), quiet(whereabouts(nodes))]];
    case 'service':
      return [[seen(traffic) ?? { value: 'no endpoints', unit: '', tone: 'bad' }]];
    case 'rest':
      return [
        [
          ...[seen(traffic)].filter((fact) => fact !== null),
          offTarget(traffic, targets) ?? quiet('show them'),
        ],
      ];
    case 'folded':
      return [namespaceFacts(traffic, calls, targets), [quiet(counted(workloadsOf(nodes), 'workload'))]];
    case 'workload':
      return [workloadFacts(card, calls, targets)];
  }
}

function workloadFacts({ meshed, nodes, traffic }: ToldCard, calls: boolean, targets: Targets): Fact[] {
  const first = seen(traffic);
  if (meshed === false) return [...(first ? [first] : []), quiet('no proxy')];
  if (first === null) return [isUnmeasured(nodes) ? quiet('not measured') : silence(calls)];
  if (isToldByCallers(nodes)) return [first, quiet('by callers')];
  const bytes = bytesRate(traffic.tcp?.bytesPerSecond ?? null);
  const second =
    traffic.rps === null
      ? traffic.tcp && bytes && plain(bytes)
      : (offTarget(traffic, targets) ?? latencyFact(traffic, targets));
  return second ? [first, second] : [first];
}

/** Has a proxy, but what that counts is not stored. */
function isToldByCallers([node]: readonly Node[]): boolean {
  return node?.type === 'workload' && node.meshed === true && node.denied === null && node.golden === null;
}

/** Pods of it run with a proxy that nobody is known to have scraped: what they do is not known to be nothing. */
function isUnmeasured([node]: readonly Node[]): boolean {
  return (
    node?.type === 'workload' && node.meshed === true && node.denied === null && (node.pods?.meshed ?? 0) > 0
  );
}

function namespaceFacts(traffic: CardTraffic, calls: boolean, targets: Targets): Fact[] {
  const first = seen(traffic, ' in');
  const second = offTarget(traffic, targets);
  return first === null ? [silence(calls)] : second ? [first, second] : [first];
}

/** A meshed peer that is not in these metrics. */
function whereabouts([node]: readonly Node[]): string {
  if (node?.type !== 'external' || node.what !== 'remote') return 'not scraped';
  const parts = parseNodeId(node.id);
  const cluster = parts?.type === 'external' && parts.what === 'remote' ? parts.cluster : null;
  return cluster === null ? 'elsewhere' : `in ${cluster}`;
}

/** An EgressNetwork stands for what was denied, and is no host. */
function outside({ nodes, traffic }: ToldCard): Fact {
  const hosts = nodes.filter((node) => node.type === 'external' && node.what !== 'egress').length;
  if (hosts === 0) return quiet('all refused');
  const count = counted(hosts, 'host');
  return seen({ ...traffic, refusedRps: 0 }, ` to ${count}`) ?? quiet(count);
}

/** Requests where there are any, else connections, else what was refused; null when nothing was seen. */
function seen({ rps, tcp, refusedRps }: CardTraffic, more = ''): Fact | null {
  if (rps !== null) return plain(rate(rps), more);
  if (tcp !== null)
    return tcp.openConnections === null ? quiet(`TCP${more}`) : open(tcp.openConnections, more);
  return refusedRps > 0 ? plain(rate(refusedRps), ' refused') : null;
}

function silence(calls: boolean): Fact {
  return quiet(calls ? 'calls out only' : 'no traffic in');
}

function open(connections: number, more: string): Fact {
  const [value = '', ...unit] = connectionsText(connections).split(' ');
  return plain({ value, unit: ` ${unit.join(' ')}` }, more);
}

/** "1 conn", "4 conns": short enough for a card or a line. */
export function connectionsText(connections: number): string {
  return counted(Math.round(connections), 'conn');
}

/** Only success below its target is worth the place of the latency. */
function offTarget(traffic: CardTraffic, targets: Targets): Fact | null {
  const success = toldSuccess(traffic, targets);
  if (success === null || success.tone === 'good') return null;
  return { ...success.short, tone: success.tone === 'few' ? 'plain' : success.tone };
}

function latencyFact({ p95Ms }: CardTraffic, { latencyTargetMs, bounds }: Targets): Fact | null {
  if (p95Ms === null) return null;
  const isSlow = latencyTone(p95Ms, latencyTargetMs) === 'warn';
  const short = latencyBelow(p95Ms, bounds);
  return {
    ...latency(p95Ms, bounds, latencyTargetMs),
    tone: isSlow ? 'warn' : 'plain',
    ...(short && { short }),
  };
}

function workloadsOf(nodes: readonly Node[]): number {
  return nodes.filter(({ type }) => type === 'workload').length;
}
