// The topics as somebody may follow them who sees some namespaces only: cut from the one shared mesh. What is not cut here, is refused.

import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Inventory } from '@latchwork/shared/inventory';
import { type InventoryParams, type LabelsParams, TOPICS } from '@latchwork/shared/live/live';
import { parseNodeId } from '@latchwork/shared/node-id';
import {
  narrowedGraph,
  narrowedHistory,
  narrowedInventory,
  narrowedLabels,
  narrowedPodPairs,
  narrowedPolicies,
  narrowedResponses,
  narrowedRoutePast,
  narrowedRoutes,
  narrowedStat,
  narrowedWorkload,
  narrowedWorkloads,
} from '../mesh/narrowed/narrowed.ts';
import type { Answer } from './answer.ts';
import type { Feeds } from './feeds.ts';
import type { TopicSource } from './hub.ts';
import type { AskedAnswers } from './leased-answers.ts';
import type { ProblemsFeed } from './problems.ts';

export interface NarrowedOptions {
  readonly feeds: Feeds;
  readonly answers: AskedAnswers;
  readonly problems: ProblemsFeed;
  readonly namespaces: readonly string[];
  /** Throws what is said instead. */
  readonly refuse: () => never;
}

export function narrowedAnswers({
  answers,
  problems,
  namespaces,
  refuse,
}: Omit<NarrowedOptions, 'feeds'>): AskedAnswers & ProblemsFeed {
  const sorted = [...namespaces].sort();
  const key = JSON.stringify(sorted);

  function cut<T>(answer: Answer<T>, narrowed: (value: T, namespaces: readonly string[]) => T): Answer<T> {
    return {
      key: `narrowed ${key} ${answer.key}`,
      start: (sink) =>
        answer.start({
          data: (value) => sink.data(narrowed(value, sorted)),
          trouble: (error) => sink.trouble(error),
        }),
      read: async (signal) => narrowed(await answer.read(signal), sorted),
    };
  }
  /** Rights are of the cluster that gave them: another one of the same store gave none. */
  function here<P extends { readonly cluster?: string }>(params: P): P {
    if (params.cluster !== undefined || sorted.length === 0) refuse();
    return params;
  }
  function inside<P extends { readonly namespace?: string[]; readonly cluster?: string }>(params: P): P {
    here(params);
    const asked = params.namespace ?? [];
    if (asked.some((each) => !sorted.includes(each))) refuse();
    return asked.length > 0 ? params : { ...params, namespace: [...sorted] };
  }

  /** Of an edge whose other end is somebody else's, that end's pods are theirs, too. */
  function isSeen(where: string): boolean {
    const { source, target } = edgeEnds(where) ?? {};
    const ids = source === undefined || target === undefined ? [where] : [source, target];
    if (!where.includes('/')) return sorted.includes(where);
    return ids.every((id) => {
      const node = parseNodeId(id);
      return (node?.type === 'workload' || node?.type === 'service') && sorted.includes(node.namespace);
    });
  }

  return {
    graph: (params) => cut(answers.graph(inside(params)), narrowedGraph),
    workloads: (params) => cut(answers.workloads(inside(params)), narrowedWorkloads),
    workload(params) {
      if (!sorted.includes(params.namespace)) refuse();
      return cut(answers.workload(here(params)), narrowedWorkload);
    },
    routes: (params) => cut(answers.routes(inside(params)), narrowedRoutes),
    calls(params) {
      if (!sorted.includes(params.namespace)) refuse();
      return cut(answers.calls(here(params)), narrowedRoutes);
    },
    podPairs(params) {
      if (!isSeen(params.where)) refuse();
      return cut(answers.podPairs(here(params)), narrowedPodPairs);
    },
    responses(params) {
      if (!isSeen(params.where)) refuse();
      return cut(answers.responses(here(params)), narrowedResponses);
    },
    stat: (params) => cut(answers.stat(inside(params)), narrowedStat),
    policies: (params) => cut(answers.policies(inside(params)), narrowedPolicies),
    history: (params) => cut(answers.history(here(params)), narrowedHistory),
    // Cut before anything is said of it: their sentences name whatever they are about.
    problems: (params) => problems.problems(inside(params), sorted),
    findings: (params) => problems.findings(inside(params), sorted),
  };
}

export function narrowedInventories<S extends TopicSource<Inventory>>(
  inventory: (params: InventoryParams) => S,
  namespaces: readonly string[],
  refuse: () => never,
): (params: InventoryParams) => TopicSource<Inventory> {
  return (params) => {
    const asked = params.namespace ?? [];
    if (namespaces.length === 0 || asked.some((each) => !namespaces.includes(each))) refuse();
    return narrowedTopic(inventory(params), namespaces, narrowedInventory);
  };
}

/**
 * Those of the namespaces that may be seen, counted over them alone: what others call their things is theirs. Without any
 * namespace, all would be told.
 */
export function seenLabels(
  params: LabelsParams,
  namespaces: readonly string[],
  refuse: () => never,
): LabelsParams {
  const asked = params.namespace ?? [];
  if (namespaces.length === 0 || asked.some((each) => !namespaces.includes(each))) refuse();
  return asked.length > 0 ? params : { ...params, namespace: [...namespaces] };
}

function narrowedTopic<T>(
  source: TopicSource<T>,
  namespaces: readonly string[],
  narrowed: (value: T, namespaces: readonly string[]) => T,
): TopicSource<T> {
  return {
    key: `narrowed ${JSON.stringify(namespaces)} ${source.key}`,
    start: (sink) =>
      source.start({
        data: (value) => sink.data(narrowed(value, namespaces)),
        trouble: (error) => sink.trouble(error),
      }),
  };
}

export function narrowedFeeds({ feeds, ...options }: NarrowedOptions): Feeds {
  const { namespaces, refuse } = options;
  const answers = narrowedAnswers(options);
  const refused = Object.fromEntries(Object.keys(TOPICS).map((topic) => [topic, refuse]));
  const inside = <P extends { readonly namespace: string }, T>(topic: (params: P) => TopicSource<T>) => {
    return (params: P) => {
      if (!namespaces.includes(params.namespace)) refuse();
      return topic(params);
    };
  };
  return {
    ...(refused as unknown as Feeds),
    ...answers,
    routePast(params) {
      const [parentNamespace = ''] = params.parent.split('/');
      const isSeen = (namespace: string) => namespaces.includes(namespace);
      if (!isSeen(parentNamespace) || (params.namespace !== '' && !isSeen(params.namespace))) refuse();
      if (params.cluster !== undefined) refuse();
      return narrowedTopic(feeds.routePast(params), namespaces, narrowedRoutePast);
    },
    inventory: (params) => narrowedInventories(feeds.inventory, namespaces, refuse)(params),
    labels: (params) =>
      narrowedTopic(feeds.labels(seenLabels(params, namespaces, refuse)), namespaces, narrowedLabels),
    top: inside(feeds.top),
    tap: inside(feeds.tap),
  };
}
