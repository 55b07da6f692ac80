// The address of an embedded picture → what to show of the graph.

import type { EmbedParams } from '@latchwork/shared/embed';
import type { PictureWish } from './fitted-picture.ts';

export function toWish({ focus, folded, unfolded, hidden, only }: EmbedParams): PictureWish {
  return {
    focus: focus || null,
    folded: list(folded),
    unfolded: list(unfolded),
    hidden: list(hidden),
    only: only ?? null,
  };
}

function list(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter((item) => item !== ''))];
}
