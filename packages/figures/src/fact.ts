// A figure with its tone, or a few quiet words: what stands on a card, a line or a row.

import type { Figure } from './figure.ts';

/** `plain` is a value with a quieter unit, `quiet` words alone; `warn` and `bad` are off target, unit and all. */
export interface Fact extends Figure {
  tone: 'plain' | 'quiet' | 'warn' | 'bad';
  /** The same in less room. */
  short?: Figure;
}

/** `more` goes on after the unit: " in", " to 2 hosts". */
export function plain({ value, unit }: Figure, more = ''): Fact {
  return { value, unit: unit + more, tone: 'plain' };
}

export function quiet(words: string): Fact {
  return { value: words, unit: '', tone: 'quiet' };
}
