// Numbers that can be drawn: what is not finite, below nothing or beyond all machines was not measured. Pure.

import type { Edge } from '@latchwork/shared/edge';
import type { Golden } from '@latchwork/shared/golden';
import type { Node } from '@latchwork/shared/node';

/** A million machines that each do a billion a second: sums of it stay exact enough to compare. */
const MOST = 1e15;

export function isPlausible(value: number): boolean {
  return value >= 0 && value <= MOST;
}

export function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

/** The edge itself when all of it is plausible, which costs nothing. */
export function plausibleEdge(edge: Edge): Edge {
  const { http, tcp, lock, refused, refusedShare, unreached } = edge;
  const isWell =
    (http === null || isWellGolden(http)) &&
    (http === null || isWellShare(http.securedShare)) &&
    (tcp === null || (isWellRates(tcp) && isWellShare(tcp.securedShare))) &&
    isWellShare(lock.securedShare) &&
    isWellShare(refusedShare) &&
    (refused === null || Object.values(refused).every(isPlausible)) &&
    (unreached === null || Object.values(unreached).every(isPlausible));
  if (isWell) return edge;
  return {
    ...edge,
    http: http && { ...toGolden(http), securedShare: share(http.securedShare) },
    tcp: tcp && {
      opensPerSecond: known(tcp.opensPerSecond),
      openConnections: known(tcp.openConnections),
      readBytesPerSecond: known(tcp.readBytesPerSecond),
      writeBytesPerSecond: known(tcp.writeBytesPerSecond),
      securedShare: share(tcp.securedShare),
    },
    lock: { ...lock, securedShare: share(lock.securedShare) },
    refusedShare: share(refusedShare),
    refused: refused && {
      authorization: known(refused.authorization) ?? 0,
      route: known(refused.route) ?? 0,
      rateLimit: known(refused.rateLimit) ?? 0,
      egress: known(refused.egress) ?? 0,
    },
    unreached:
      unreached &&
      Object.fromEntries(Object.entries(unreached).map(([why, rate]) => [why, known(rate) ?? 0])),
  };
}

/** The node itself when all of it is plausible. */
export function plausibleNode(node: Node): Node {
  if (node.type !== 'workload') return node;
  const { golden, denied } = node;
  if ((golden === null || isWellGolden(golden)) && (denied === null || isPlausible(denied))) return node;
  return { ...node, golden: golden && toGolden(golden), denied: known(denied) };
}

function toGolden({ rps, successRate, requests, failures, p50Ms, p95Ms, p99Ms }: Golden): Golden {
  return {
    rps: known(rps) ?? 0,
    successRate: share(successRate),
    requests: known(requests) ?? 0,
    failures: known(failures) ?? 0,
    p50Ms: known(p50Ms),
    p95Ms: known(p95Ms),
    p99Ms: known(p99Ms),
  };
}

function isWellGolden({ rps, successRate, requests, failures, p50Ms, p95Ms, p99Ms }: Golden): boolean {
  return (
    [rps, requests, failures].every(isPlausible) &&
    isWellShare(successRate) &&
    [p50Ms, p95Ms, p99Ms].every((ms) => ms === null || isPlausible(ms))
  );
}

function isWellRates(tcp: NonNullable<Edge['tcp']>): boolean {
  return [tcp.opensPerSecond, tcp.openConnections, tcp.readBytesPerSecond, tcp.writeBytesPerSecond].every(
    (rate) => rate === null || isPlausible(rate),
  );
}

function isWellShare(value: number | null): boolean {
  return value === null || isShare(value);
}

function known(value: number | null): number | null {
  return value !== null && isPlausible(value) ? value : null;
}

function share(value: number | null): number | null {
  return value !== null && isShare(value) ? value : null;
}
