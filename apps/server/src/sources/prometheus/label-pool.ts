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
const BYTES_A_SET = 250;
const QUOTE = 0x22;

export function createLabelPool(
  now: () => number = Date.now,
  mostSets: number = heapShareBytes(SHARE_OF_HEAP) / BYTES_A_SET,
): LabelPool {
  let young = new Map<number, Labels>();
  let old = new Map<number, Labels>();
  let texts = new Map<string, string>();
  let turnAtMs = now() + TURN_EVERY_MS;

  function turn(): void {
    if (now() < turnAtMs) return;
    turnAtMs = now() + TURN_EVERY_MS;
    old = young;
    young = new Map();
    if (texts.size > MOST_TEXTS) texts = new Map();
  }

  function shared(text: string): string {
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST_TEXT) return text;
    texts.set(text, text);
    return text;
  }

  function made(text: string, start: number, end: number): Labels | null {
    let labels: Record<string, unknown>;
    try {
      labels = JSON.parse(text.slice(start, end + 1));
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

  return {
    read(text, start, end) {
      turn();
      const key = hashOf(text, start, end);
      const known = young.get(key) ?? old.get(key);
      if (known && isWritten(known, text, start, end)) {
        young.set(key, known);
        return known;
      }
      const labels = made(text, start, end);
      const isRoom = young.size + old.size < mostSets && end - start < LONGEST_TEXT * 4;
      if (labels && isRoom && isWritten(labels, text, start, end)) young.set(key, labels);
      return labels;
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
    const valueAt = at + name.length + 5;
    if (!text.startsWith(at === start ? '{"' : ',"', at) || !text.startsWith(name, at + 2)) return false;
    if (!text.startsWith('":"', valueAt - 3) || !text.startsWith(value, valueAt)) return false;
    at = valueAt + value.length;
    if (text.charCodeAt(at++) !== QUOTE) return false;
  }
  return at === (start === end - 1 ? start : end);
}
