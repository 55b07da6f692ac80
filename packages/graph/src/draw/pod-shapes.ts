// How many pods a card has, at its right edge; a chip when only some of them have a proxy.

import { POD_CHIP, type PodCount } from '../scene/pod-count.ts';
import { type Shape, words } from './shape.ts';

export function podShapes({ text, isPartly }: PodCount, cardWidth: number): Shape[] {
  const right = cardWidth - POD_CHIP.right;
  if (!isPartly) return [words(right, 22.5, 11, 400, 'text3', text, 'end')];
  const { width, height, top } = POD_CHIP;
  return [
    {
      is: 'rect',
      x: right - width,
      y: top,
      width,
      height,
      radius: 4,
      fill: 'lockMixedSoft',
      stroke: 'lockMixed',
    },
    words(right - width / 2, 22, 11, 600, 'lockMixed', text, 'middle'),
  ];
}
