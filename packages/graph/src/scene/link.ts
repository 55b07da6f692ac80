// A link: what is drawn as one line, and the edges of the contract that it adds up.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge, EdgeSplit } from '@latchwork/shared/edge';
import { isAllRefused, refusedRps } from '@latchwork/shared/refusal';
import { type Tone, toneOfSuccess } from '../draw/encode.ts';
import type { MarkKind } from './mark-kind.ts';
import { connectionWeight, securedShares, weighted } from './secured-shares.ts';
import { sum, sumKnown } from './sums.ts';

/** Quantiles do not add up: null unless the link is one edge. */
export interface LinkHttp {
  rps: number;
  successRate: number | null;
  requests: number;
  failures: number;
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  securedShare: number | null;
}

export interface LinkTcp {
  opensPerSecond: number | null;
  openConnections: number | null;
  readBytesPerSecond: number | null;
  writeBytesPerSecond: number | null;
  securedShare: number | null;
}

export interface Link {
  id: string;
  /** Ids of cards. */
  source: string;
  target: string;
  /** Sorted by source and target. */
  edges: readonly Edge[];
  protocol: 'http' | 'tcp';
  http: LinkHttp | null;
  /** Of the edges without HTTP alone: the pool of an HTTP edge says nothing that its requests do not. */
  tcp: LinkTcp | null;
  mark: MarkKind;
  /** The figure of a mixed lock: of requests where there are any, else of connections. */
  securedShare: number | null;
  tone: Tone;
  /** Requests a second that policy turned away; `partlyRefused` when others got through. */
  refusedRps: number;
  partlyRefused: boolean;
  unreachedRps: number;
  /** Of one edge alone. */
  split: EdgeSplit | null;
}

/** From this share of calls without an endpoint on, a link that also works is bad. */
const MANY_UNREACHED = 0.05;

/** Refused egress stays apart from what reached the outside: they say opposite things. */
export function linkIdOf(source: string, target: string, edge: Edge): string {
  const apart = target === 'external' && isAllRefused(edge);
  return `${source}>${target}${apart ? '!refused' : ''}`;
}

/** What of a link says whether something is wrong with it, without adding up the rest. */
export function toJudged(edges: readonly Edge[], judge: Judge) {
  const http = sumHttp(edges);
  const mark = markOf(edges);
  const unreachedRps = sumOf(edges, unreachedOf);
  return {
    http,
    mark,
    tone: toneOf(mark, http, unreachedRps, judge),
    refusedRps: sumOf(edges, refusedRps),
    unreachedRps,
  };
}

export function toLink(
  id: string,
  source: string,
  target: string,
  edges: readonly Edge[],
  judge: Judge,
): Link {
  const judged = toJudged(edges, judge);
  const { http, mark, refusedRps: refused, unreachedRps } = judged;
  const shares = securedShares(edges);
  return {
    id,
    source,
    target,
    edges,
    ...judged,
    protocol:
      http || (mark === 'refused' && edges.every(({ tcp }) => !tcp)) || unreachedRps > 0 ? 'http' : 'tcp',
    tcp: sumTcp(edges),
    securedShare: shares.requests ?? shares.connections,
    partlyRefused: refused > 0 && mark !== 'refused',
    split: edges.length === 1 ? (edges[0]?.split ?? null) : null,
  };
}

function toneOf(mark: MarkKind, http: LinkHttp | null, unreachedRps: number, judge: Judge): Tone {
  if (mark === 'refused') return 'denied';
  if (mark === 'broken') return 'bad';
  if (!http) return 'good';
  if (unreachedRps > MANY_UNREACHED * (http.rps + unreachedRps)) return 'bad';
  const tone = toneOfSuccess(http, judge);
  return unreachedRps > 0 && (tone === 'good' || tone === 'none') ? 'warn' : tone;
}

function markOf(edges: readonly Edge[]): MarkKind {
  if (edges.every(isAllRefused)) return 'refused';
  if (edges.every((edge) => isBroken(edge) || isAllRefused(edge))) return 'broken';
  if (edges.length === 1) return edges[0]!.lock.state;
  const states = new Set<MarkKind>(edges.map(({ lock }) => lock.state));
  states.delete('unknown');
  const [state] = states;
  if (state === undefined) return 'unknown';
  if (states.size === 1) return state;
  // Some of it is locked, some is not: what the application encrypts itself counts as not secured.
  return states.has('secured') || states.has('mixed') ? 'mixed' : 'plaintext';
}

function isBroken(edge: Edge): boolean {
  return !edge.http && !edge.tcp && unreachedOf(edge) > 0;
}

function unreachedOf({ unreached }: Edge): number {
  return unreached ? sum(Object.values(unreached)) : 0;
}

/** Nearly all lines are one edge, and there are thousands of them. */
function sumOf(edges: readonly Edge[], of: (edge: Edge) => number): number {
  return edges.length === 1 ? of(edges[0]!) : sum(edges.map(of));
}

function sumHttp(edges: readonly Edge[]): LinkHttp | null {
  if (edges.length === 1) return edges[0]!.http;
  const parts = edges.flatMap(({ http }) => (http ? [http] : []));
  const [first] = parts;
  if (!first) return null;
  if (parts.length === 1) return first;
  return {
    rps: sum(parts.map(({ rps }) => rps)),
    successRate: weighted(parts.map(({ successRate, rps }) => ({ share: successRate, weight: rps }))),
    requests: sum(parts.map(({ requests }) => requests)),
    failures: sum(parts.map(({ failures }) => failures)),
    p50Ms: null,
    p95Ms: null,
    p99Ms: null,
    securedShare: weighted(parts.map(({ securedShare, rps }) => ({ share: securedShare, weight: rps }))),
  };
}

function sumTcp(edges: readonly Edge[]): LinkTcp | null {
  const parts = edges.filter(({ tcp, http }) => tcp && !http);
  if (parts.length === 0) return null;
  const tcps = parts.map(({ tcp }) => tcp!);
  return {
    opensPerSecond: sumKnown(tcps.map(({ opensPerSecond }) => opensPerSecond)),
    openConnections: sumKnown(tcps.map(({ openConnections }) => openConnections)),
    readBytesPerSecond: sumKnown(tcps.map(({ readBytesPerSecond }) => readBytesPerSecond)),
    writeBytesPerSecond: sumKnown(tcps.map(({ writeBytesPerSecond }) => writeBytesPerSecond)),
    securedShare: weighted(
      parts.map((edge) => ({ share: edge.tcp!.securedShare, weight: connectionWeight(edge) })),
    ),
  };
}
