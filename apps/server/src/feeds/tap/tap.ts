// The live tap of one target: its newest requests one by one, with their headers.

import type { Tap } from '@latchwork/shared/tap/tap';
import type { TapParams } from '@latchwork/shared/tap/tap-params';
import { createTapRing } from '../../mesh/tap/tap-ring.ts';
import { toTopTarget } from '../../mesh/tap/top-sides.ts';
import type { TapRequest } from '../../sources/tap/target.ts';
import type { TopicSource } from '../hub.ts';
import { createTapTopic, type TapFold, type TapTopicOptions } from './tap-topic.ts';

/** No eye reads a list more than four times a second. */
const EVERY_MS = 250;

export function createRequestsTopic(options: TapTopicOptions): (params: TapParams) => TopicSource<Tap> {
  return createTapTopic(options, { headers: true, createFold });
}

function createFold(
  { target, match }: TapRequest,
  noise: 'hide' | 'show',
  nowMs: () => number,
): TapFold<Tap> {
  const ring = createTapRing({ target: toTopTarget(target), noise, nowMs, match });
  return {
    push: ring.push,
    lose: ring.lose,
    value(head, known) {
      const { requests, counters } = ring.snapshot();
      return { ...head, requests, counters: { ...counters, ...known } };
    },
    paceMs: EVERY_MS,
  };
}
