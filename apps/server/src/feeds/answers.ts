// The questions about the mesh, each of which can be read once or followed. Checks parameters; knows no Prometheus and no socket.

import type { PodPairs } from '@latchwork/shared/asked/pod-pairs';
import type { Responses } from '@latchwork/shared/asked/responses';
import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import type { History } from '@latchwork/shared/history';
import type {
  FindingsParams,
  HistoryParams,
  PodPairsParams,
  ResponsesParams,
  ScopeParams,
  StatParams,
  WorkloadParams,
} from '@latchwork/shared/live/live';
import { parseNodeId, workloadId } from '@latchwork/shared/node-id';
import type { Policies } from '@latchwork/shared/policies';
import type { PlaceFindings, Problems } from '@latchwork/shared/problems/problems';
import type { Calls, Routes } from '@latchwork/shared/routes/routes';
import type { Stat, StatKind } from '@latchwork/shared/stat';
import type { WorkloadDetail, Workloads } from '@latchwork/shared/workload';
import { BadParam } from '../contract/bad-param.ts';
import type { MeshScope } from '../mesh/scope.ts';
import { SourceError } from '../sources/source-error.ts';
import { createTurns } from '../turns.ts';
import { within } from '../within.ts';
import type { Answer } from './answer.ts';
import { callWants } from './collector/questions/calls.ts';
import { pairWants } from './collector/questions/pod-pairs.ts';
import { ROUTE_WANTS } from './collector/questions/routes.ts';
import { POLICY_WANTS, statWants } from './collector/questions/stat.ts';
import { statusWants } from './collector/questions/statuses.ts';
import type { Sink, Stop } from './feed.ts';
import { type Span, toScope, toSpan } from './scope.ts';
import { UnknownWorkload } from './unknown-workload.ts';
import type { Wants } from './wants.ts';

export interface MeshSource<Mesh> {
  subscribe(span: Span, sink: Sink<Mesh>, wants?: Wants): Stop;
  /** A reader is a viewer until it is answered. */
  read(span: Span, wants?: Wants, signal?: AbortSignal): Promise<Mesh>;
  close(): void;
}

/** What can be seen in a mesh; pure. */
export interface MeshViews<Mesh> {
  graph(mesh: Mesh, scope: MeshScope): Graph;
  workloads(mesh: Mesh, scope: MeshScope): Workloads;
  /** Null when there is no such workload. */
  workload(mesh: Mesh, id: string, scope: MeshScope): WorkloadDetail | null;
  problems(mesh: Mesh, scope: MeshScope): Problems;
  findings(mesh: Mesh, where: string, scope: MeshScope): PlaceFindings;
  routes(mesh: Mesh, scope: MeshScope): Routes;
  /** Of the workload `id`. */
  calls(mesh: Mesh, id: string): Calls;
  /** Behind the edge, or in the namespace, `where`. */
  podPairs(mesh: Mesh, where: string, scope: MeshScope): PodPairs;
  /** Of the edge, or the workload, `where`. */
  responses(mesh: Mesh, where: string, scope: MeshScope): Responses;
  stat(mesh: Mesh, kind: StatKind, scope: MeshScope): Stat;
  policies(mesh: Mesh, scope: MeshScope): Policies;
  history(mesh: Mesh): History;
}

export interface Answers {
  graph(params: ScopeParams): Answer<Graph>;
  workloads(params: ScopeParams): Answer<Workloads>;
  workload(params: WorkloadParams): Answer<WorkloadDetail>;
  /** `seen`: the namespaces that whoever asks may see, of which those that are asked for are some; absent: all. */
  problems(params: ScopeParams, seen?: readonly string[]): Answer<Problems>;
  findings(params: FindingsParams, seen?: readonly string[]): Answer<PlaceFindings>;
  routes(params: ScopeParams): Answer<Routes>;
  calls(params: WorkloadParams): Answer<Calls>;
  podPairs(params: PodPairsParams): Answer<PodPairs>;
  responses(params: ResponsesParams): Answer<Responses>;
  stat(params: StatParams): Answer<Stat>;
  policies(params: ScopeParams): Answer<Policies>;
  history(params: HistoryParams): Answer<History>;
  close(): void;
}

export interface AnswersOptions<Mesh> {
  readonly source: MeshSource<Mesh>;
  readonly views: MeshViews<Mesh>;
  /** Whether the store can be asked for another cluster than the one that the server was started for. */
  readonly hasClusters?: () => boolean;
  /** A reader without a value after this gets an error instead. */
  readonly answerWithinMs?: number;
}

const ANSWER_WITHIN_MS = 20_000;
const NO_CLUSTERS =
  'nothing, because the store holds one cluster, as far as its labels tell; the server may be started with a matcher that names one, such as --matcher \'cluster="east"\'';

export function createAnswers<Mesh>({
  source,
  views,
  hasClusters = () => false,
  answerWithinMs = ANSWER_WITHIN_MS,
}: AnswersOptions<Mesh>): Answers {
  // One mesh answers all who wait for it: making and sending each of their answers is a piece of work.
  const nextTurn = createTurns();
  function answer<T>(
    span: Span,
    question: readonly unknown[],
    toValue: (mesh: Mesh) => T,
    wants: Wants = {},
  ): Answer<T> {
    const { windowSeconds, atSeconds, cluster = null } = span;
    if (cluster !== null && !hasClusters()) throw new BadParam('cluster', cluster, NO_CLUSTERS);
    return {
      key: JSON.stringify([windowSeconds, atSeconds, cluster, ...question]),
      start: (sink) => source.subscribe(span, mapped(sink, toValue), wants),
      async read(outside) {
        // Whoever is answered with "too late" does not wait any more either.
        const late = new AbortController();
        const signal = outside ? AbortSignal.any([outside, late.signal]) : late.signal;
        const reading = source.read(span, wants, signal);
        const mesh = await within(reading, answerWithinMs, () => {
          reading.catch(() => undefined);
          // With the reason: the reading may reject first.
          const reason = tooLate(answerWithinMs);
          late.abort(reason);
          return Promise.reject(reason);
        });
        await nextTurn();
        return toValue(mesh);
      },
    };
  }

  return {
    graph(params) {
      const scope = toScope(params);
      return answer(toSpan(params), [scope], (mesh) => views.graph(mesh, scope), wantsOf(scope));
    },
    workloads(params) {
      const scope = toScope(params);
      return answer(toSpan(params), [scope], (mesh) => views.workloads(mesh, scope), noiseOf(scope));
    },
    workload({ namespace, kind, name, ...params }) {
      const id = workloadId(namespace, kind, name);
      const scope = toScope({ ...params, namespace: [namespace] });
      function toDetail(mesh: Mesh): WorkloadDetail {
        const detail = views.workload(mesh, id, scope);
        if (!detail) throw new UnknownWorkload(id);
        return detail;
      }
      return answer(toSpan(params), [scope, id], toDetail, wantsOf(scope));
    },
    problems(params, seen) {
      const scope = { ...toScope(params), ...(seen ? { within: seen } : {}) };
      return answer(toSpan(params), [scope], (mesh) => views.problems(mesh, scope), wantsOf(scope));
    },
    findings({ where, ...params }, seen) {
      const scope = { ...toScope(params), ...(seen ? { within: seen } : {}) };
      const question = [scope, where];
      return answer(toSpan(params), question, (mesh) => views.findings(mesh, where, scope), wantsOf(scope));
    },
    routes(params) {
      const scope = toScope(params);
      return answer(toSpan(params), [scope], (mesh) => views.routes(mesh, scope), ROUTE_WANTS);
    },
    calls({ namespace, kind, name, ...params }) {
      const id = workloadId(namespace, kind, name);
      return answer(toSpan(params), ['calls', id], (mesh) => views.calls(mesh, id), callWants(id));
    },
    podPairs({ where, ...params }) {
      if (!isEdge(where) && !/^[a-z0-9-]{1,63}$/.test(where))
        throw new BadParam('where', where, 'SOURCE~TARGET as the graph has them, or a namespace');
      const scope = toScope(params);
      const question = [scope, where, 'pod pairs'];
      return answer(toSpan(params), question, (mesh) => views.podPairs(mesh, where, scope), pairWants(where));
    },
    responses({ where, ...params }) {
      const isWorkload = parseNodeId(where)?.type === 'workload';
      if (!isWorkload && !isEdge(where))
        throw new BadParam('where', where, 'SOURCE~TARGET as the graph has them, or NAMESPACE/KIND/NAME');
      const scope = toScope(params);
      const question = [scope, where, 'responses'];
      return answer(
        toSpan(params),
        question,
        (mesh) => views.responses(mesh, where, scope),
        statusWants(where),
      );
    },
    stat({ kind, ...params }) {
      const scope = toScope(params);
      const question = [scope, kind, 'stat'];
      return answer(toSpan(params), question, (mesh) => views.stat(mesh, kind, scope), statWants(kind));
    },
    policies(params) {
      const scope = toScope(params);
      return answer(toSpan(params), [scope, 'policies'], (mesh) => views.policies(mesh, scope), POLICY_WANTS);
    },
    history: (params) => answer(toSpan(params), [], (mesh) => views.history(mesh)),
    close: () => source.close(),
  };
}

function isEdge(where: string): boolean {
  const ends = edgeEnds(where);
  return ends !== null && [ends.source, ends.target].every((id) => parseNodeId(id) !== null);
}

/** A large mesh is asked for the latencies of no other edges, and for those of probes only where they are shown. */
function wantsOf(scope: MeshScope): Wants {
  return { outboundLatency: scope.namespaces, ...noiseOf(scope) };
}

function noiseOf({ noise }: MeshScope): Wants {
  return noise === 'show' ? { noiseLatency: ['all'] } : {};
}

/** A value that cannot be made of a mesh is trouble of its own. */
function mapped<Mesh, T>(sink: Sink<T>, toValue: (mesh: Mesh) => T): Sink<Mesh> {
  return {
    data(mesh) {
      let value: T;
      try {
        value = toValue(mesh);
      } catch (error) {
        sink.trouble(error);
        return;
      }
      sink.data(value);
    },
    trouble: (error) => sink.trouble(error),
  };
}

function tooLate(withinMs: number): SourceError {
  return new SourceError({
    source: 'prometheus',
    kind: 'timed-out',
    message: `no answer within ${withinMs / 1000} s`,
    remedy: 'ask again later, or for a shorter window; /readyz says how Prometheus is',
  });
}
