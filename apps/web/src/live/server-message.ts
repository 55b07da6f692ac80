// What the server says on the wire, read: its text, and the value that a message makes of the one before.

import { applyChange } from '@latchwork/shared/live/change';
import type { ServerMessage, TopicName } from '@latchwork/shared/live/live';

/** A whole value, or what changed. */
export type Renewal = Extract<ServerMessage, { type: 'data' | 'change' }>;

/** Null for a word that we do not understand: it is still a sign of life. */
export function parseMessage(text: string): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null && 'type' in message
      ? (message as ServerMessage)
      : null;
  } catch {
    return null;
  }
}

/** Null where a change is of a value that we do not have: then a whole one must come. */
export function renewed(
  { topic, value: before }: { readonly topic: TopicName; readonly value: object | null },
  message: Renewal,
): object | null {
  if (message.type === 'data') return message.value as object;
  try {
    return before && applyChange(topic, before, message.value);
  } catch {
    return null;
  }
}
