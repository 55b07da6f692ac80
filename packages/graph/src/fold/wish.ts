// The address of an embedded picture → what to show of the graph.

import type { EmbedParams } from '@latchwork/shared/embed';
import { isRest } from '../scene/rest.ts';
import type { PictureWish } from './picture-shape.ts';

export function toWish({
  focus,
  folded,
  unfolded,
  hidden,
  only,
  lines,
  namespace,
}: EmbedParams): PictureWish {
  return {
    focus: focus && !isRest(focus) ? focus : null,
    scope: namespace ?? [],
    folded: list(folded),
    unfolded: list(unfolded),
    hidden: list(hidden),
    only: only ?? null,
    lines: lines ?? 'strong',
  };
}

function list(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter((item) => item !== ''))];
}
