// The record of a tap: who watched whose requests, and for how long.

import type { TopicName } from '@latchwork/shared/live/live';
import type { Stop } from '../../feeds/feed.ts';
import type { Record } from '../../plugins/record.ts';

export function recordTap(record: Record, who: string, topic: TopicName, params: object): Stop {
  if (topic !== 'tap' && topic !== 'top') return () => undefined;
  const { namespace, kind, name, maxRps } = params as { [name: string]: unknown };
  const what = { topic, namespace, kind, name, maxRps };
  const startedMs = performance.now();
  record.note('tap-started', who, what);
  return () =>
    record.note('tap-ended', who, { ...what, seconds: Math.round((performance.now() - startedMs) / 1000) });
}
