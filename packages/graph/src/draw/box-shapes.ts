// A box as shapes, from its own upper left corner: outline, name, how much of it is secured, and what is idle.

import { LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { wholePercentText } from '@latchwork/figures/percent';
import { shortName } from '@latchwork/figures/short-name';
import type { PlacedBox } from '../layout/place.ts';
import type { Box } from '../scene/scene.ts';
import { lockOfShare } from '../scene/secured-shares.ts';
import type { DrawingContext } from './drawing-context.ts';
import { glyphShape, type Rect, type Shape, words } from './shape.ts';

const NAME_SIZES = { near: 12, middle: 16, far: 19 } as const;
const NAME_LEFT = 27;
const GAP = 16;
const EDGE = 16;

/**
 * `head` is drawn over the edges, on a ground of its own: no line strikes its words out. `headWidth`: what chevron and name
 * take, px: on the page it folds the box.
 */
export interface BoxDrawing {
  frame: Rect;
  head: readonly Shape[];
  headWidth: number;
}

type Context = Pick<DrawingContext, 'detail' | 'measure'>;

/** `names`: of the other boxes. */
export function boxDrawing(
  box: Box,
  { width, height }: PlacedBox,
  { detail, measure }: Context,
  names: readonly string[],
): BoxDrawing {
  const size = NAME_SIZES[detail];
  const room = width - NAME_LEFT - 13;
  const name = shortName(box.label, names, (some) => measure(some, size, 600) <= room);
  const end = NAME_LEFT + measure(name, size, 600);
  const isNear = detail === 'near';
  const said = isNear ? notes(box, end + GAP, width - EDGE, measure) : { shapes: [], grounds: [], end };
  return {
    headWidth: end + 4,
    frame: {
      ...{ is: 'rect', x: 0, y: 0, width, height, radius: 12 },
      ...{ fill: 'box', stroke: 'line2', role: 'frame' },
      ...(box.injected ? {} : { dash: '4 4' }),
    },
    head: [
      ground(8, said.end + 4),
      ...said.grounds,
      chevron(isNear),
      words(NAME_LEFT, isNear ? 19 : 21, size, 600, 'text2', name),
      ...said.shapes,
    ],
  };
}

function chevron(isNear: boolean): Shape {
  const path: Shape = {
    is: 'path',
    d: 'm2 5 3.5 3.5L9 5',
    stroke: 'text3',
    strokeWidth: 1.5,
    isRound: true,
  };
  return { is: 'group', x: isNear ? 12 : 10, y: 8, scale: isNear ? 1 : 1.3, shapes: [path] };
}

function ground(left: number, right: number): Shape {
  return { is: 'rect', x: left, y: 3, width: right - left, height: 24, radius: 4, fill: 'box' };
}

/** From `left` to `right`: what is most worth the room comes first. */
function notes(
  box: Box,
  left: number,
  right: number,
  measure: DrawingContext['measure'],
): { shapes: Shape[]; grounds: Shape[]; end: number } {
  const { shapes, end } = state(box, left, right, measure);
  const idle = `${box.idle} more, no traffic seen`;
  const width = measure(idle, 11, 400);
  if (box.idle === 0 || end + GAP + width > right) return { shapes, grounds: [], end };
  return {
    shapes: [...shapes, words(right, 19, 11, 400, 'text3', idle, 'end')],
    grounds: [ground(right - width - 4, right + 4)],
    end,
  };
}

function state(
  { injected, shares }: Box,
  left: number,
  right: number,
  measure: DrawingContext['measure'],
): { shapes: Shape[]; end: number } {
  const share = shares.requests ?? shares.connections;
  if (injected && share === null) return { shapes: [], end: left - GAP };
  const start = injected ? left + 14 : left;
  const options = injected
    ? [`${wholePercentText(share)} secured`, wholePercentText(share)]
    : ['not injected'];
  const text = options.find((one) => start + measure(one, 11, 400) <= right);
  if (text === undefined) return { shapes: [], end: left - GAP };
  const lock = lockOfShare(share);
  const ink = share === 1 ? 'lockSecured' : 'lockMixed';
  return {
    end: start + measure(text, 11, 400),
    shapes: [
      ...(injected ? [glyphShape(LOCK_GLYPHS[lock], left, 9.5, 0.8, ink)] : []),
      words(start, 19, 11, 400, 'text3', text),
    ],
  };
}
