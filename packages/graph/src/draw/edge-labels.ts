// The figures on lines: which are wanted, what they say, and where they find room.

import type { Layout } from '../layout/place.ts';
import type { Link } from '../scene/link.ts';
import { type Detail, linkWidth } from './encode.ts';
import { labelPlaces } from './label-places.ts';
import { type Group, type Measure, words } from './shape.ts';

export interface LabelFacts {
  links: readonly Link[];
  layout: Layout;
  /** What lines of a bundle add up to, by the line that leads. */
  sums: ReadonlyMap<string, Link>;
  isWanted: (linkId: string) => boolean;
  /** Empty: there is none to show. */
  textOf: (link: Link) => string;
  /** Marks that nothing may hide; null: all of them. */
  lit: ReadonlySet<string> | null;
  ceilingRps: number;
  detail: Detail;
  measure: Measure;
}

export interface EdgeLabel {
  id: string;
  drawing: Group;
}

const SIZE = 10.5;
const HEIGHT = 16;
/** From afar labels grow, so that they can be read. */
const SCALES: Record<Detail, number> = { near: 1, middle: 1.35, far: 1.7 };

export function edgeLabels(facts: LabelFacts): EdgeLabel[] {
  const { links, layout, sums, isWanted, textOf, lit, ceilingRps, detail, measure } = facts;
  const scale = SCALES[detail];
  const shown = new Map(
    links.flatMap((link) => {
      const sum = sums.get(link.id) ?? link;
      const text = isWanted(link.id) ? textOf(sum) : '';
      return text === '' ? [] : [[link.id, { text, weight: linkWidth(sum, ceilingRps) }] as const];
    }),
  );
  if (shown.size === 0) return [];
  const widthOf = (text: string) => Math.max(30, measure(text, SIZE, 500) + 10);
  const lines = layout.links.flatMap(({ id, points, mark, refusedMark, splitMark, bundle }) => {
    const label = shown.get(id);
    if (!label || (bundle && !bundle.leads)) return [];
    const size = { labelWidth: widthOf(label.text) * scale, labelHeight: HEIGHT * scale };
    return [{ id, points, mark: splitMark ?? refusedMark ?? mark, weight: label.weight, ...size }];
  });
  const marks = layout.links
    .filter(({ id }) => lit?.has(id) ?? true)
    .flatMap(({ mark, refusedMark, splitMark }) =>
      [mark, refusedMark, splitMark].filter((one) => one !== null),
    );
  return [...labelPlaces(lines, [...layout.cards, ...marks])].map(([id, { x, y }]) => {
    const text = shown.get(id)?.text ?? '';
    return { id, drawing: { is: 'group', x, y, scale, shapes: labelShapes(text, widthOf(text)) } };
  });
}

function labelShapes(text: string, width: number): Group['shapes'] {
  const [x, y] = [-width / 2, -HEIGHT / 2];
  return [
    { is: 'rect', x, y, width, height: HEIGHT, radius: 4, fill: 'surface', stroke: 'line2' },
    words(0, 3.8, SIZE, 500, 'text2', text, 'middle'),
  ];
}
