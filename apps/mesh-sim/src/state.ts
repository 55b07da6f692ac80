// What the mesh is and did, for tests and for curious people: edges with the ids of the contract, as the simulator meant them.

import { type Cluster, idOf } from './cluster.ts';
import type { EdgeSums, Ledger } from './ledger.ts';
import type { Switches } from './switches.ts';

type ExpectedLock = 'secured' | 'mixed' | 'plaintext' | 'unknown';

export interface EdgeState {
  readonly source: string;
  readonly target: string;
  /** What the lock is once a window holds nothing but the present switches. */
  readonly lock: ExpectedLock;
  /** Measured in the window; null when nothing reached the target. */
  readonly securedShare: number | null;
  readonly http: { readonly rps: number; readonly successRate: number } | null;
  readonly tcp: {
    readonly opensPerSecond: number;
    readonly openConnections: number;
    readonly readBytesPerSecond: number;
    readonly writeBytesPerSecond: number;
  } | null;
  readonly refused: Readonly<Record<'authorization' | 'route' | 'rateLimit' | 'egress', number>> | null;
  readonly unreached: Readonly<Record<string, number>> | null;
}

function expectedLock(cluster: Cluster, switches: Switches, source: string, target: string): ExpectedLock {
  if (source.startsWith('unmeshed:')) return 'plaintext';
  if (target.startsWith('external:egress/')) return 'unknown';
  if (target.startsWith('external:')) return 'plaintext';
  const pods = cluster.podsOf.get(target);
  if (!pods) return 'unknown';
  const meshed = switches.isUnlocked(source, target) ? 0 : pods.filter((pod) => pod.meshed).length;
  if (meshed === pods.length) return 'secured';
  return meshed === 0 ? 'plaintext' : 'mixed';
}

function toEdge(cluster: Cluster, switches: Switches, edge: EdgeSums, windowSeconds: number): EdgeState {
  const { source, target, sums, isTcp, held } = edge;
  const lock = expectedLock(cluster, switches, source, target);
  const perSecond = (count: number) => count / windowSeconds;
  const { authorization, route, rateLimit, egress, FAIL_FAST, LOAD_SHED } = sums;
  const isRefused = authorization + route + rateLimit + egress > 0;
  const unreached = Object.entries({ FAIL_FAST, LOAD_SHED }).filter(([, count]) => count > 0);
  return {
    source,
    target,
    lock,
    securedShare:
      sums.requests > 0 ? sums.securedRequests / sums.requests : isTcp ? (lock === 'secured' ? 1 : 0) : null,
    http:
      sums.requests > 0
        ? { rps: perSecond(sums.requests), successRate: sums.successes / sums.requests }
        : null,
    tcp: isTcp
      ? {
          opensPerSecond: perSecond(sums.opens),
          openConnections: held,
          readBytesPerSecond: perSecond(sums.readBytes),
          writeBytesPerSecond: perSecond(sums.writtenBytes),
        }
      : null,
    refused: isRefused
      ? {
          authorization: perSecond(authorization),
          route: perSecond(route),
          rateLimit: perSecond(rateLimit),
          egress: perSecond(egress),
        }
      : null,
    unreached:
      unreached.length > 0
        ? Object.fromEntries(unreached.map(([error, count]) => [error, perSecond(count)]))
        : null,
  };
}

export function toState(
  cluster: Cluster,
  switches: Switches,
  ledger: Ledger,
  nowMs: number,
  windowSeconds: number,
) {
  return {
    scenario: cluster.scenario.name,
    at: new Date(nowMs).toISOString(),
    windowSeconds,
    switches: switches.toJSON(),
    workloads: cluster.scenario.workloads.map((workload) => ({
      id: idOf(workload),
      infrastructure: workload.infrastructure !== undefined,
      pods: (cluster.podsOf.get(idOf(workload)) ?? []).map(({ name, meshed }) => ({ name, meshed })),
    })),
    edges: ledger
      .sums(nowMs - windowSeconds * 1000, nowMs)
      .map((edge) => toEdge(cluster, switches, edge, windowSeconds)),
  };
}
