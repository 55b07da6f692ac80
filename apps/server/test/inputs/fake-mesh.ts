// A mesh that a test holds in its hand: what Prometheus would have said, or that it says nothing.

import type { Graph } from '@latchwork/shared/graph';
import type { Snapshot } from '@latchwork/shared/snapshot';
import type { StatRow } from '@latchwork/shared/stat';
import type { Workload } from '@latchwork/shared/workload';
import { createAnswers, type MeshSource, type MeshViews } from '../../src/feeds/answers.ts';
import type { Sink } from '../../src/feeds/feed.ts';
import type { Span } from '../../src/feeds/scope.ts';
import type { MeshScope } from '../../src/mesh/scope.ts';

export interface FakeMesh {
  readonly rps: number;
}

export const WORKLOAD: Workload = {
  id: 'shop/deployment/web',
  namespace: 'shop',
  kind: 'deployment',
  name: 'web',
  meshed: true,
  golden: { rps: 2, successRate: 1, requests: 120, failures: 0, p50Ms: 1, p95Ms: 2, p99Ms: 3 },
  denied: 0,
  calledRps: null,
  tcp: null,
  securedIn: { requests: 1, connections: null },
  securedOut: { requests: null, connections: null },
};

const STAT_ROW: StatRow = {
  ...{ id: WORKLOAD.id, kind: WORKLOAD.kind, namespace: WORKLOAD.namespace, name: WORKLOAD.name },
  ...{ owner: null, status: null, meshed: true, pods: null, decisions: null, tcp: null, refused: 0 },
  golden: WORKLOAD.golden,
};

function snapshot(): Snapshot {
  return {
    at: '2026-11-23T15:47:10Z',
    windowSeconds: 60,
    windowAskedSeconds: 60,
    scrapeIntervalSeconds: 10,
    latencyBoundsMs: [1, 10],
    namespaces: ['shop'],
    hidden: { requestsPerSecond: 0, edges: 0 },
    parts: { traffic: { state: 'fresh', since: '2026-11-23T15:47:10Z', message: null } },
    diagnoses: [],
  };
}

export function graphOf({ rps }: FakeMesh, { namespaces }: Pick<MeshScope, 'namespaces'>): Graph {
  const { id, namespace, kind, name, golden, denied, meshed } = WORKLOAD;
  const inScope = namespaces.length === 0 || namespaces.includes(namespace);
  return {
    ...snapshot(),
    nodes: inScope
      ? [
          { type: 'workload', id, namespace, kind, name, golden, denied, meshed },
          { type: 'unmeshed', id: `unmeshed:${id}`, target: id },
        ]
      : [],
    edges: inScope
      ? [
          {
            source: `unmeshed:${id}`,
            target: id,
            http: {
              rps,
              successRate: 1,
              requests: Math.round(rps * 60),
              failures: 0,
              p50Ms: null,
              p95Ms: null,
              p99Ms: null,
              securedShare: 0,
            },
            tcp: null,
            lock: {
              state: 'plaintext',
              securedShare: 0,
              reasons: [{ reason: 'no_tls_from_remote', share: 1 }],
              clientIds: [],
              serverIds: [],
            },
            refused: null,
            refusedShare: null,
            unreached: null,
            notes: [],
          },
        ]
      : [],
  };
}

const NOTHING_WRONG = { at: '2026-11-23T15:47:10Z', windowSeconds: 60, parts: {} };

const views: MeshViews<FakeMesh> = {
  graph: graphOf,
  workloads: () => ({ ...snapshot(), workloads: [WORKLOAD] }),
  workload: (_mesh, id) =>
    id === WORKLOAD.id ? { ...snapshot(), ...WORKLOAD, callers: [], callees: [], nodes: [] } : null,
  problems: () => ({ ...NOTHING_WRONG, problems: [], tooFew: [], accepted: [], looked: ['1 edge'] }),
  findings: (_mesh, where) => ({ ...NOTHING_WRONG, where, findings: [] }),
  routes: () => ({ ...snapshot(), routes: [] }),
  calls: () => ({ ...snapshot(), routes: [], untold: null }),
  podPairs: (_mesh, where) => ({ ...snapshot(), where, edges: [], more: 0, untold: null }),
  responses: (_mesh, where) => ({ ...snapshot(), where, counts: [], untold: null }),
  stat: (_mesh, kind) => ({ ...snapshot(), kind, rows: kind === 'workload' ? [STAT_ROW] : [] }),
  policies: () => ({ ...snapshot(), rows: [] }),
  history: () => ({ start: '2026-11-23T15:47:10Z', stepSeconds: 10, workloads: {} }),
};

export interface FakeSource extends MeshSource<FakeMesh> {
  /** The spans that somebody follows now. */
  readonly followed: Span[];
  readonly reads: Span[];
  /** What the next readers and followers get; an Error is trouble, null is silence. */
  say(answer: FakeMesh | Error | null): void;
  /** Readers without an answer who have not left. */
  readonly waiting: number;
  closed: boolean;
}

export function createFakeSource(first: FakeMesh | Error | null): FakeSource {
  let answer = first;
  const sinks = new Map<Sink<FakeMesh>, Span>();
  const readers = new Set<(mesh: FakeMesh) => void>();

  function tell(sink: Sink<FakeMesh>): void {
    if (answer instanceof Error) sink.trouble(answer);
    else if (answer) sink.data(answer);
  }

  return {
    reads: [],
    closed: false,
    get followed() {
      return [...sinks.values()];
    },
    say(next) {
      answer = next;
      for (const sink of [...sinks.keys()]) tell(sink);
      if (answer === null || answer instanceof Error) return;
      for (const resolve of readers) resolve(answer);
      readers.clear();
    },
    subscribe(span, sink) {
      sinks.set(sink, span);
      tell(sink);
      return () => sinks.delete(sink);
    },
    get waiting() {
      return readers.size;
    },
    async read(span, _wants, signal) {
      this.reads.push(span);
      if (answer instanceof Error) throw answer;
      if (answer) return answer;
      const { promise, resolve, reject } = Promise.withResolvers<FakeMesh>();
      readers.add(resolve);
      signal?.addEventListener('abort', () => {
        readers.delete(resolve);
        reject(signal.reason);
      });
      return promise;
    },
    close() {
      this.closed = true;
    },
  };
}

export function answersOf(source: FakeSource, answerWithinMs = 50) {
  return createAnswers({ source, views, answerWithinMs });
}
