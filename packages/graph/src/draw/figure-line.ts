// Facts as one line of figures: values read first, units are quiet, what is off target is loud. It never runs out of its room.

import type { Fact } from '@latchwork/figures/fact';
import type { Figures, Measure, Span } from './shape.ts';

const SIZE = 11;
const APART = 8;

const VALUE = {
  plain: { ink: 'text2', weight: 500 },
  quiet: { ink: 'text3', weight: 400 },
  warn: { ink: 'warn', weight: 600 },
  bad: { ink: 'bad', weight: 600 },
} as const;

/** `room` in px: a fact that does not fit is told shorter, or left out. */
export function figureLine(
  facts: readonly Fact[],
  x: number,
  y: number,
  room: number,
  measure: Measure,
): Figures {
  const spans: Span[] = [];
  let left = room;
  for (const fact of facts) {
    const before = spans.length === 0 ? 0 : APART;
    const shorter = fact.short ? [{ ...fact, ...fact.short }] : [];
    const told = [fact, ...shorter].map((one) => spansOf(one, before));
    const fits = told.find((some) => widthOf(some, measure) <= left);
    const taken = fits ?? (spans.length === 0 ? told.at(-1) : undefined); // the first is what the card is about
    if (!taken) break;
    spans.push(...taken);
    left -= widthOf(taken, measure);
  }
  return { is: 'figures', x, y, size: SIZE, spans };
}

function spansOf({ value, unit, tone }: Fact, before: number): Span[] {
  const isPlain = tone === 'plain';
  return [
    { text: value, ...VALUE[tone], before },
    ...(unit === '' ? [] : [{ text: unit, ...VALUE[isPlain ? 'quiet' : tone], before: 0 }]),
  ];
}

function widthOf(spans: readonly Span[], measure: Measure): number {
  return spans.reduce((width, { text, weight, before }) => width + before + measure(text, SIZE, weight), 0);
}
