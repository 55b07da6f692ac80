// What a page says on the live socket: read within its bounds, or a mistake in words.

import { ClientMessage } from '@latchwork/shared/live/live';
import type { RawData } from 'ws';
import { BadParam } from '../../contract/bad-param.ts';
import { fitsContract } from '../../contract/check.ts';

const MAX_BYTES = 64 * 1024;
const DEEPEST = 32;
const MESSAGES =
  'JSON such as {"type":"subscribe","id":"1","topic":"graph","params":{}}, {"type":"unsubscribe","id":"1"} or {"type":"ping"}; an id has 1 to 64 characters';

/** The text of it, without the memory that it came in. Throws a BadParam for what nobody would look at. */
export function messageText(data: RawData, isBinary: boolean): string {
  const bytes = data as Buffer; // ws gives one Buffer unless it is told otherwise
  if (isBinary) throw new BadParam('message', `${bytes.length} binary bytes`, MESSAGES);
  if (bytes.length > MAX_BYTES)
    throw new BadParam('message', `${bytes.length} bytes`, `at most ${MAX_BYTES} bytes`);
  return bytes.toString();
}

/** The JSON in it, whatever that is. Throws a BadParam. */
export function parseMessage(text: string): unknown {
  if (isDeep(text)) throw new BadParam('message', text, MESSAGES);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadParam('message', text, MESSAGES);
  }
}

/** Throws a BadParam. */
export function checkMessage(message: unknown): ClientMessage {
  if (!fitsContract(ClientMessage, message)) throw new BadParam('message', message, MESSAGES);
  return message;
}

/** So that an answer to a malformed message still says which one it is about. */
export function idOf(message: unknown): string | undefined {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : undefined;
  return typeof id === 'string' && id.length <= 64 ? id : undefined;
}

/** A text that nests without end is no message of ours, and costs whoever walks through it. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth++;
    else if (letter === ']' || letter === '}') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}
