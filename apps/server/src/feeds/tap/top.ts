// The live top of one target: a tap stream folded into rows.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import type { Top } from '@latchwork/shared/tap/top';
import { createTopFold } from '../../mesh/tap/top.ts';
import { toTopTarget } from '../../mesh/tap/top-sides.ts';
import type { TapRequest } from '../../sources/tap/target.ts';
import type { TopicSource } from '../hub.ts';
import { createTapTopic, type TapFold, type TapTopicOptions } from './tap-topic.ts';

/** The page gets at most 10 snapshots a second, and fewer of a large table. */
const MIN_EVERY_MS = 100;
const EVERY_MS_PER_ROW = 1;

export function createTopTopic(options: TapTopicOptions): (params: TapParams) => TopicSource<Top> {
  return createTapTopic(options, { headers: false, createFold });
}

function createFold(
  { target, match }: TapRequest,
  noise: 'hide' | 'show',
  nowMs: () => number,
): TapFold<Top> {
  const fold = createTopFold({
    target: toTopTarget(target),
    noise,
    nowMs,
    match,
  });
  return {
    push: fold.push,
    lose: fold.lose,
    value(head, known) {
      const { rows, counters } = fold.snapshot();
      return { ...head, rows, counters: { ...counters, ...known } };
    },
    get paceMs() {
      return MIN_EVERY_MS + fold.rows * EVERY_MS_PER_ROW;
    },
  };
}
