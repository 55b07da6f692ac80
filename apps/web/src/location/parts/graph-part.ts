// Of the Graph view.

import { LINK_FIGURES, type LinkFigure } from '@latchwork/figures/link-figure';
import { LINE_CHOICES, type LineChoice } from '@latchwork/graph/overview/line-choice';
import { ONLY, type Only } from '@latchwork/graph/scene/only';
import { isRest } from '@latchwork/graph/scene/rest';
import { choice, list, maybe, type Part, text } from '../field.ts';

export const LABELS = ['off', 'hover', 'on'] as const;
export type Labels = (typeof LABELS)[number];

export const SHAPES = ['picture', 'matrix', 'table'] as const;
export type Shape = (typeof SHAPES)[number];

/** What is done with what the filter finds. */
export const FOUND_SHOWS = ['light', 'only', 'hide'] as const;
export type FoundShow = (typeof FOUND_SHOWS)[number];

export const GRAPH = {
  /** The card whose neighbourhood is shown alone. */
  focus: text('focus', ['cluster'], (id) => !isRest(id)),
  /** The label that groups workloads; null: their namespaces do. */
  by: text('by', ['cluster']),
  /** The boxes that were looked at on the way to this one. */
  trail: list('trail', 'cluster'),
  /** Boxes folded by hand, and those opened by hand where the graph would fold them itself. */
  folded: list('folded', 'cluster'),
  unfolded: list('unfolded', 'cluster'),
  /** Cards taken out of the picture. */
  hidden: list('hidden', 'cluster'),
  only: maybe<Only>('only', ONLY),
  labels: choice<Labels>('labels', LABELS, 'hover'),
  /** What labels say. */
  figure: choice<LinkFigure>('figure', LINK_FIGURES, 'rate'),
  /** Whether the line of the filter is open, and what becomes of what it finds. */
  find: choice<'' | 'open'>('find', ['', 'open'], '', 'view'),
  found: choice<FoundShow>('found', FOUND_SHOWS, 'light', 'view'),
  /** Which lines the map of a large mesh draws. */
  lines: choice<LineChoice>('lines', LINE_CHOICES, 'strong'),
  /** The picture, or the same graph as a matrix or a table. */
  shape: choice<Shape>('shape', SHAPES, 'picture'),
} satisfies Part;
