// Where each topic comes from.

import type { Inventory } from '@latchwork/shared/inventory';
import type { InventoryParams, TopicName, TopicParams, TopicValue } from '@latchwork/shared/live';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import type { TopicSource } from './hub.ts';
import { createTopTopic, type TopTopicOptions } from './top.ts';
import { watchAboutRps } from './watch-about-rps.ts';

/** Each throws a BadParam for parameters that fit the schema but make no sense. */
export type Feeds = { readonly [N in TopicName]: (params: TopicParams<N>) => TopicSource<TopicValue<N>> };

export interface FeedsOptions extends Omit<TopTopicOptions, 'watchRps'> {
  readonly answers: Answers;
  readonly inventory: (params: InventoryParams) => Answer<Inventory>;
}

export function createFeeds({ answers, inventory, ...top }: FeedsOptions): Feeds {
  return {
    graph: answers.graph,
    workloads: answers.workloads,
    workload: answers.workload,
    history: answers.history,
    inventory,
    top: createTopTopic({ ...top, watchRps: (target, onRps) => watchAboutRps(answers, target, onRps) }),
  };
}
