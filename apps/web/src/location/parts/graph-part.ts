// Of the Graph view.

import { LINE_CHOICES, type LineChoice } from '@latchwork/graph/overview/drawn';
import { ONLY, type Only } from '@latchwork/graph/scene/only';
import { choice, list, maybe, type Part, text } from '../field.ts';

export const LABELS = ['off', 'hover', 'on'] as const;
export type Labels = (typeof LABELS)[number];

export const SHAPES = ['picture', 'matrix', 'table'] as const;
export type Shape = (typeof SHAPES)[number];

export const GRAPH = {
  /** The card whose neighbourhood is shown alone. */
  focus: text('focus', ['cluster']),
  /** The namespaces that were looked at on the way to this one. */
  trail: list('trail', 'cluster'),
  /** Namespaces folded by hand, and those opened by hand where the graph would fold them itself. */
  folded: list('folded', 'cluster'),
  unfolded: list('unfolded', 'cluster'),
  /** Cards taken out of the picture. */
  hidden: list('hidden', 'cluster'),
  only: maybe<Only>('only', ONLY),
  labels: choice<Labels>('labels', LABELS, 'hover'),
  /** Which lines the map of a large mesh draws. */
  lines: choice<LineChoice>('lines', LINE_CHOICES, 'strong'),
  /** The picture, or the same graph as a matrix or a table. */
  shape: choice<Shape>('shape', SHAPES, 'picture'),
} satisfies Part;
