// Where each topic comes from.

import type { Doctor } from '@latchwork/shared/health/doctor';
import type { Inventory } from '@latchwork/shared/inventory';
import type { Labels } from '@latchwork/shared/labels';
import type {
  DoctorParams,
  InventoryParams,
  LabelsParams,
  RoutePastParams,
  TopicName,
  TopicParams,
  TopicValue,
} from '@latchwork/shared/live/live';
import type { RoutePast } from '@latchwork/shared/routes/route-past';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import type { ChecksFeed } from './health/checks.ts';
import type { TopicSource } from './hub.ts';
import type { ProblemsFeed } from './problems.ts';
import { createRequestsTopic } from './tap/tap.ts';
import { createTapSlots } from './tap/tap-slots.ts';
import type { TapTopicOptions } from './tap/tap-topic.ts';
import { createTopTopic } from './tap/top.ts';
import { watchAboutRps } from './tap/watch-about-rps.ts';

/** Each throws a BadParam for parameters that fit the schema but make no sense. */
export type Feeds = { readonly [N in TopicName]: (params: TopicParams<N>) => TopicSource<TopicValue<N>> };

export interface FeedsOptions extends Omit<TapTopicOptions, 'watchRps' | 'slots'> {
  readonly answers: Answers;
  readonly problems: ProblemsFeed;
  readonly checks: ChecksFeed;
  readonly doctor: (params: DoctorParams) => Answer<Doctor>;
  readonly routePast: (params: RoutePastParams) => Answer<RoutePast>;
  readonly inventory: (params: InventoryParams) => Answer<Inventory>;
  readonly labels: (params: LabelsParams) => Answer<Labels>;
  readonly onStreams?: (change: 1 | -1) => void;
}

export function createFeeds({
  answers,
  problems,
  checks,
  doctor,
  routePast,
  inventory,
  labels,
  onStreams,
  ...options
}: FeedsOptions): Feeds {
  const tapping: TapTopicOptions = {
    ...options,
    slots: createTapSlots(undefined, onStreams),
    watchRps: (target, onRps) => watchAboutRps(answers, target, onRps),
  };
  return {
    graph: answers.graph,
    workloads: answers.workloads,
    workload: answers.workload,
    problems: problems.problems,
    findings: problems.findings,
    routes: answers.routes,
    routePast,
    calls: answers.calls,
    podPairs: answers.podPairs,
    responses: answers.responses,
    stat: answers.stat,
    policies: answers.policies,
    history: answers.history,
    checks: checks.checks,
    doctor,
    inventory,
    labels,
    top: createTopTopic(tapping),
    tap: createRequestsTopic(tapping),
  };
}
