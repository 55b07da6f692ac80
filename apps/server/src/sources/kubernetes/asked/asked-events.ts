// What happened to one object: its events, the newest ones that the API server still has.

import { known, type Told } from '../../told.ts';
import type { KubernetesClient } from '../api/client.ts';
import { listOf, type Raw, rawOf, textOr, wholeOr } from '../api/raw.ts';
import { toTold } from '../health/told-error.ts';
import type { AccessRule } from '../rights/missing-rule.ts';
import { pathOf, toAsk } from './read-told.ts';

export interface Involved {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface KeptEvent {
  readonly isWarning: boolean;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

/** Of one object: Kubernetes adds up what repeats itself, and forgets after an hour. */
const MOST = 50;
const MESSAGE_MAX = 600;

export function eventsRule(namespace: string): AccessRule {
  return { verb: 'list', group: '', resource: 'events', namespace, name: null };
}

export async function readEvents(
  client: KubernetesClient,
  { kind, namespace, name }: Involved,
  signal?: AbortSignal,
): Promise<Told<KeptEvent[]>> {
  const fields = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  const path = pathOf({ group: '', version: 'v1', resource: 'events', namespace });
  try {
    const list = await client.json(
      `${path}?limit=${MOST}&fieldSelector=${encodeURIComponent(fields)}`,
      toAsk(signal),
    );
    return known(listOf(rawOf(list)['items']).map(rawOf).map(keepEvent));
  } catch (error) {
    return toTold(error, eventsRule(namespace));
  }
}

/** Older ones have two times and a count, newer ones one time, and a series where they repeat. */
function keepEvent(event: Raw): KeptEvent {
  const series = rawOf(event['series']);
  const once = textOr(event['eventTime'], null);
  return {
    isWarning: event['type'] === 'Warning',
    reason: textOr(event['reason'], ''),
    message: textOr(event['message'], '').slice(0, MESSAGE_MAX),
    count: Math.max(1, wholeOr(series['count'], wholeOr(event['count'], 1))),
    firstAt: textOr(event['firstTimestamp'], once),
    lastAt: textOr(series['lastObservedTime'], textOr(event['lastTimestamp'], once)),
  };
}
