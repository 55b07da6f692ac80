// Which lines carry their figure, what it says, and where it fits.

import { linkFigure } from '@latchwork/figures/link-figure';
import { linkWidth } from '@latchwork/graph/draw/encode';
import { labelPlaces } from '@latchwork/graph/draw/label-places';
import type { Layout } from '@latchwork/graph/layout/place';
import type { Link } from '@latchwork/graph/scene/link';
import type { Labels } from '../../../location/place.ts';
import { textWidth } from './text-width.ts';

export interface EdgeLabel {
  x: number;
  y: number;
  text: string;
}

export interface LabelFacts {
  links: readonly Link[];
  layout: Layout;
  /** What lines of a bundle add up to, by the line that leads. */
  sums: ReadonlyMap<string, Link>;
  mode: Labels;
  /** The line under the pointer. */
  pointedId: string | null;
  /** Lines whose marks are lit; null while all are. */
  lit: ReadonlySet<string> | null;
  ceilingRps: number;
  /** How much larger labels are drawn, so that they can be read from afar. */
  scale: number;
}

const LABEL_SIZE_PX = 10.5;

export function labelWidth(text: string): number {
  return Math.max(30, textWidth(text, LABEL_SIZE_PX, 500) + 10);
}

export function edgeLabels(facts: LabelFacts): Map<string, EdgeLabel> {
  const { links, layout, sums, lit, ceilingRps, scale } = facts;
  const shown = new Map(
    links.flatMap((link) => {
      const sum = sums.get(link.id) ?? link;
      const text = isWanted(link.id, facts) ? linkFigure(sum) : '';
      return text === '' ? [] : [[link.id, { text, weight: linkWidth(sum, ceilingRps) }] as const];
    }),
  );
  if (shown.size === 0) return new Map();
  const lines = layout.links.flatMap(({ id, points, mark, refusedMark, bundle }) => {
    const label = shown.get(id);
    if (!label || (bundle && !bundle.leads)) return [];
    const size = { labelWidth: labelWidth(label.text) * scale, labelHeight: 16 * scale };
    return [{ id, points, mark: refusedMark ?? mark, weight: label.weight, ...size }];
  });
  const marks = layout.links
    .filter(({ id }) => lit?.has(id) ?? true)
    .flatMap(({ mark, refusedMark }) => [mark, refusedMark].filter((one) => one !== null));
  const places = labelPlaces(lines, [...layout.cards, ...marks]);
  return new Map([...places].map(([id, place]) => [id, { ...place, text: shown.get(id)?.text ?? '' }]));
}

/** On a selection its neighbourhood carries figures, under the pointer the one line. */
function isWanted(id: string, { mode, pointedId, lit }: LabelFacts): boolean {
  if (mode === 'off') return false;
  if (mode === 'on') return lit?.has(id) ?? true;
  return pointedId === null ? (lit?.has(id) ?? false) : pointedId === id;
}
