// Places for a scene: the same scene always looks the same, and what has a place keeps it. Pure, and knows no data.

import { arrange } from './arrange.ts';
import { toBoard } from './board.ts';
import { emit } from './emit.ts';
import { frameOf, roomsOf } from './frame.ts';
import { unitMarks } from './marks.ts';
import type { Layout, LayoutState } from './place.ts';
import type { Scene } from './scene.ts';
import { untangled } from './untangle.ts';

/** With `previous` old things keep their places; without it all is laid out anew ("Tidy"). */
export function layout(scene: Scene, previous?: LayoutState): Layout {
  const board = toBoard(scene);
  const { placement, routes, units } = arrange(board);
  const tracks = untangled(board, placement, units, routes);
  const marks = unitMarks(board, units, routes);
  const rooms = roomsOf(placement, marks);

  const frame = frameOf(board, placement, tracks, rooms);
  return {
    ...emit({ board, placement, routes, units, tracks, frame, rooms, marks }),
    state: previous ?? { version: 1 },
  };
}
