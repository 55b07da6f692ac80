// A large JSON answer, read as it comes: the items of one array in it are handed out in passing, the rest is small and kept.
// Sizes and depth are bounded, so that no answer costs more than was meant for it. Knows no answer.

import { StringDecoder } from 'node:string_decoder';
import { JsonFault } from './json-fault.ts';

export interface JsonItemsOptions {
  /** The keys that lead to the array, from the root. */
  readonly path: readonly string[];
  readonly onItem: (item: unknown) => void;
  /** Items and the commas between them, for who reads their usual form more quickly; false leaves them to `onItem`. */
  readonly onBatch?: (text: string) => boolean;
  readonly maxItemBytes?: number;
  /** Of everything beside the items. */
  readonly maxRestBytes?: number;
  readonly maxDepth?: number;
}

export interface JsonItems {
  /** Throws a JsonFault. */
  push(bytes: Buffer): void;
  /** The answer with an empty array in the place of the items. Throws a JsonFault. */
  end(): unknown;
  /** What stands beside the items, as far as it came: for telling what it is when it is no JSON. */
  rest(): string;
}

const MAX_ITEM_BYTES = 4 << 20;
const MAX_REST_BYTES = 1 << 20;
const MAX_DEPTH = 64;
/** Many items are parsed at once: a call for each would cost more than the parsing. */
const BATCH_BYTES = 64 << 10;
/** Of a key: no path has a longer one. */
const MAX_WORD = 64;

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Bytes between texts that mean something: 1, all others 0. */
const MEANS = new Uint8Array(256);
for (const byte of [QUOTE, COLON, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT]) MEANS[byte] = 1;

/** Where in `bytes` a text of an item has its next quote or backslash, from `at`. */
function textEnd(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && bytes[end] !== QUOTE && bytes[end] !== BACKSLASH) end += 1;
  return end;
}

/** Where in `bytes` the next byte between texts means something, from `at`. */
function nextMeaning(bytes: Buffer, at: number): number {
  let next = at;
  while (next < bytes.length && MEANS[bytes[next] as number] === 0) next += 1;
  return next;
}

export function createJsonItems(options: JsonItemsOptions): JsonItems {
  const { path, onItem } = options;
  const { maxItemBytes = MAX_ITEM_BYTES, maxRestBytes = MAX_REST_BYTES, maxDepth = MAX_DEPTH } = options;
  const rest = createPieces();
  const batch = createPieces();
  const itemDepth = path.length + 1;
  /** The last key of each open object, from the root at 1. */
  const keys: (string | null)[] = [];
  let word = '';
  let depth = 0;
  let inText = false;
  let isEscaped = false;
  let inItems = false;
  let itemBytes = 0;

  /** Sees one byte between texts; true: what came before it is complete, and the place changes. */
  function isTurn(byte: number): boolean {
    switch (byte) {
      case QUOTE:
        inText = true;
        word = '';
        return false;
      case COLON:
        if (!inItems) keys[depth] = word;
        return false;
      case COMMA:
        return inItems && depth === itemDepth;
      case OPEN_LIST:
      case OPEN_OBJECT: {
        const begins = byte === OPEN_LIST && !inItems && isAtPath();
        depth += 1;
        if (depth > maxDepth) throw new JsonFault('too-deep', `it is nested more than ${maxDepth} deep`);
        if (!inItems) keys[depth] = null;
        return begins;
      }
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        if (depth < 0) throw new JsonFault('malformed', 'it closes more than it opened');
        return inItems && depth < itemDepth;
      default:
        return false;
    }
  }

  function isAtPath(): boolean {
    return depth === path.length && path.every((key, index) => keys[index + 1] === key);
  }

  function seeText(byte: number): void {
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) inText = false;
    else if (!inItems && word.length < MAX_WORD) word += String.fromCharCode(byte);
  }

  function keepRest(piece: Buffer): void {
    rest.add(piece);
    if (rest.length() > maxRestBytes)
      throw new JsonFault('too-large', `more than ${maxRestBytes >> 10} kB stand beside its items`);
  }

  function countItem(more: number): void {
    itemBytes += more;
    if (itemBytes > maxItemBytes)
      throw new JsonFault('too-large', `one item has more than ${maxItemBytes >> 10} kB`);
  }

  function handOut(): void {
    const text = batch.take();
    if (text !== '' && options.onBatch?.(text)) return;
    let items: unknown[];
    try {
      items = JSON.parse(`[${text}]`);
    } catch (cause) {
      throw new JsonFault('malformed', 'an item is no JSON', cause);
    }
    for (const item of items) onItem(item);
  }

  return {
    push(bytes) {
      let from = 0;
      /** Where the item begins, as far as it is in this piece. */
      let itemFrom = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        // Nearly all bytes are those of items, and of them nearly all say nothing: skipped in a loop of their own.
        if (!inText) at = nextMeaning(bytes, at);
        else if (inItems && !isEscaped) at = textEnd(bytes, at);
        if (at === bytes.length) break;
        const byte = bytes[at] as number;
        if (inText) {
          seeText(byte);
          continue;
        }
        if (!isTurn(byte)) continue;
        if (!inItems) {
          // The bracket that opens the list belongs to the rest.
          keepRest(bytes.subarray(from, at + 1));
          from = at + 1;
          itemFrom = from;
          inItems = true;
          itemBytes = 0;
          continue;
        }
        countItem(at - itemFrom);
        itemFrom = at;
        itemBytes = 0;
        if (byte === COMMA && batch.length() + at - from < BATCH_BYTES) continue;
        batch.add(bytes.subarray(from, at));
        handOut();
        // The comma between two batches belongs to neither; the bracket that closes the list belongs to the rest.
        from = byte === COMMA ? at + 1 : at;
        inItems = byte === COMMA;
      }
      if (inItems) {
        countItem(bytes.length - itemFrom);
        batch.add(bytes.subarray(from));
      } else keepRest(bytes.subarray(from));
    },
    end() {
      if (inItems || inText || depth > 0) throw new JsonFault('malformed', 'only half of it came');
      try {
        return JSON.parse(rest.text());
      } catch (cause) {
        throw new JsonFault('malformed', 'it is no JSON', cause);
      }
    },
    rest: rest.text,
  };
}

/** Decoded as they come: memory outside of the heap, which nobody frees before the next great collection, is not asked for. */
function createPieces() {
  const decoder = new StringDecoder('utf8');
  let texts: string[] = [];
  let bytes = 0;
  const text = () => texts.join('');
  return {
    add(piece: Buffer): void {
      if (piece.length === 0) return;
      texts.push(decoder.write(piece));
      bytes += piece.length;
    },
    length: () => bytes,
    text,
    /** Ends where a character ends. */
    take(): string {
      const taken = text() + decoder.end();
      texts = [];
      bytes = 0;
      return taken;
    },
  };
}
