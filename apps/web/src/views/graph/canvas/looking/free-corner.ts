// In which corner of the screen a panel hides nothing of the picture.

import type { Layout } from '@latchwork/graph/layout/place';
import type { Area, Size } from './area.ts';

export type Corner = 'top-left' | 'bottom-left' | 'bottom-right' | 'top-right';

/** The transform from the picture to the screen. */
export interface Seen {
  x: number;
  y: number;
  k: number;
}

const EDGE = { x: 20, y: 16 };

/** The first of `corners` that is free; null when the picture lies under all of them. */
export function freeCorner(
  layout: Pick<Layout, 'boxes' | 'cards' | 'links'>,
  seen: Seen,
  screen: Size,
  panel: Size,
  corners: readonly Corner[],
): Corner | null {
  const onScreen = ({ x, y, width, height }: Area): Area => ({
    x: seen.x + seen.k * x,
    y: seen.y + seen.k * y,
    width: seen.k * width,
    height: seen.k * height,
  });
  const taken = [
    ...layout.boxes,
    ...layout.cards,
    ...layout.links.flatMap(({ points }) =>
      points.slice(1).map((point, index) => {
        const before = points[index] ?? point;
        return {
          x: Math.min(point.x, before.x),
          y: Math.min(point.y, before.y),
          width: Math.abs(point.x - before.x),
          height: Math.abs(point.y - before.y),
        };
      }),
    ),
  ].map(onScreen);
  return corners.find((corner) => !taken.some((area) => meet(area, placed(corner, screen, panel)))) ?? null;
}

function placed(corner: Corner, screen: Size, panel: Size): Area {
  return {
    x: corner.endsWith('left') ? EDGE.x : screen.width - EDGE.x - panel.width,
    y: corner.startsWith('top') ? EDGE.y : screen.height - EDGE.y - panel.height,
    ...panel,
  };
}

function meet(a: Area, b: Area): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
