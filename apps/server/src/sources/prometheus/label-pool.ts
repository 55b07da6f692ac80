// Label sets that were read before: a store answers with the same ones at every refresh, and what is new each time is only
// the number. Keeps one object for each, made of shared texts, and forgets those that no longer come.

import { heapShareBytes } from '../../heap-share.ts';
import type { Labels } from './sample.ts';

export interface LabelPool {
  /** The label set whose JSON stands in `text` from the brace at `start` to the one at `end`; null where none does. */
  read(text: string, start: number, end: number): Labels | null;
}

/** Two generations: what was not read since the last but one turn goes. */
const TURN_EVERY_MS = 120_000;
const MOST_TEXTS = 200_000;
/** Longer texts are no names: a store that makes them up is not remembered. */
const LONGEST_TEXT = 1_000;
/** Of the heap, at about so many bytes for each label set; beyond it, label sets are read anew each time. */
const SHARE_OF_HEAP = 1 / 12;
const BYTES_A_SET = 300;
const [QUOTE, COLON, COMMA, OPEN, CLOSE] = [0x22, 0x3a, 0x2c, 0x7b, 0x7d];

interface Known {
  readonly labels: Labels;
  /** Of its text. */
  readonly hash: number;
  turn: number;
  /** What came after it last time: an answer to the same question has the same series in the same order. */
  next: Known | null;
}

export function createLabelPool(
  now: () => number = Date.now,
  mostSets: number = heapShareBytes(SHARE_OF_HEAP) / BYTES_A_SET,
): LabelPool {
  let young = new Map<number, Known>();
  let old = new Map<number, Known>();
  let texts = new Map<string, string>();
  let turnAtMs = now() + TURN_EVERY_MS;
  let turns = 0;
  let last: Known | null = null;

  function turn(): void {
    if (now() < turnAtMs) return;
    turnAtMs = now() + TURN_EVERY_MS;
    turns += 1;
    // What is gone is not held by what it came after.
    for (const known of young.values()) if (known.next && known.next.turn < turns - 1) known.next = null;
    old = young;
    young = new Map();
    last = null;
    if (texts.size > MOST_TEXTS) texts = new Map();
  }

  function shared(text: string): string {
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST_TEXT) return text;
    texts.set(text, text);
    return text;
  }

  function made(text: string): Labels | null {
    let labels: Record<string, unknown>;
    try {
      labels = JSON.parse(text);
    } catch {
      return null;
    }
    for (const name in labels) {
      const value = labels[name];
      if (typeof value !== 'string') return null;
      labels[name] = shared(value);
    }
    return labels as Labels;
  }

  function met(known: Known): Labels {
    if (known.turn !== turns) {
      known.turn = turns;
      young.set(known.hash, known);
    }
    if (last) last.next = known;
    last = known;
    return known.labels;
  }

  return {
    read(text, start, end) {
      turn();
      const guess = last?.next;
      if (guess && isWritten(guess.labels, text, start, end)) return met(guess);
      const hash = hashOf(text, start, end);
      const known = young.get(hash) ?? old.get(hash);
      if (known && isWritten(known.labels, text, start, end)) return met(known);
      const labels = made(text.slice(start, end + 1));
      const isRoom = young.size + old.size < mostSets && end - start < LONGEST_TEXT * 4;
      if (labels === null || !isRoom || !isWritten(labels, text, start, end)) return labels;
      return met({ labels, hash, turn: turns - 1, next: null });
    },
  };
}

/** FNV-1a; two label sets of one hash are told apart by their texts. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at <= end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Whether the text is these labels to the letter, in their order and without escapes or spaces. */
function isWritten(labels: Labels, text: string, start: number, end: number): boolean {
  let at = start;
  for (const name in labels) {
    const value = labels[name] as string;
    const nameEnd = at + 2 + name.length;
    const valueEnd = nameEnd + 3 + value.length;
    if (
      text.charCodeAt(at) !== (at === start ? OPEN : COMMA) ||
      text.charCodeAt(at + 1) !== QUOTE ||
      text.charCodeAt(nameEnd) !== QUOTE ||
      text.charCodeAt(nameEnd + 1) !== COLON ||
      text.charCodeAt(nameEnd + 2) !== QUOTE ||
      text.charCodeAt(valueEnd) !== QUOTE ||
      !text.startsWith(value, nameEnd + 3) ||
      !text.startsWith(name, at + 2)
    )
      return false;
    at = valueEnd + 1;
  }
  return at === start ? end === start + 1 : at === end && text.charCodeAt(end) === CLOSE;
}
