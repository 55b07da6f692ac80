// Wider channels where more links want to pass than fit: asked once, before the last placing.

import { isForward } from '../placing/layers.ts';
import type { Placement } from '../placing/placement.ts';
import type { LaneTable } from './lanes.ts';
import { passedColumns } from './routes.ts';

const LANE = 10;
const NEAR = 10; // from the end of a channel to what it ends at

/** Fills `above` and `aboveBox` of a placement from lanes that were routed without regard for one another. */
export function makeRoom(table: LaneTable): void {
  const { placement } = table;
  for (let column = 0; column < placement.columns; column++) {
    const levels = levelsIn(table, column);
    for (const { low, high, below } of channelsOf(table, column)) {
      const lanes = new Set(
        levels.filter(({ level }) => level >= low - 0.5 && level <= high + 0.5).map(({ unit }) => unit),
      );
      const short = LANE * (lanes.size - 1) - (high - low);
      if (short <= 0) continue;
      const extra = 2 * Math.ceil(short / 2);
      if (below.card !== null) placement.above[below.card] = Math.max(placement.above[below.card]!, extra);
      else if (below.box !== null)
        placement.aboveBox[below.box] = Math.max(placement.aboveBox[below.box]!, extra);
    }
  }
}

function levelsIn(
  { board, placement, routes, units }: LaneTable,
  column: number,
): { level: number; unit: number }[] {
  return board.links.flatMap((_, link) => {
    const [first, last] = passedColumns(board, placement, link);
    if (column < first || column > last) return [];
    const lane = routes.lanes[link]![isForward(board, placement.layer, link) ? column - first : 0];
    return lane === undefined ? [] : [{ level: lane, unit: units.of[link]! }];
  });
}

interface Channel {
  low: number;
  high: number;
  below: { card: number | null; box: number | null };
}

/** Free stretches of a column between two walls that end at a card or at the top of a box. */
function channelsOf({ board, placement, space }: LaneTable, column: number): Channel[] {
  const floors = floorsOf(board, placement, column);
  const walls = space.walls[column]!;
  const channels: Channel[] = [];
  for (let i = 2; i < walls.length; i += 2) {
    const [low, high] = [walls[i - 1]!, walls[i]!];
    const below = floors.find(({ y }) => y >= high && y <= high + NEAR);
    if (below) channels.push({ low, high, below });
  }
  return channels;
}

function floorsOf({ boxes, boxOf, framed }: LaneTable['board'], placement: Placement, column: number) {
  const floors: { y: number; card: number | null; box: number | null }[] = [];
  for (const box of boxes.keys())
    if (placement.left[box]! <= column && placement.right[box]! >= column)
      floors.push({ y: placement.boxY[box]!, card: null, box });
  for (const card of boxOf.keys())
    if (placement.layer[card] === column && framed[boxOf[card]!])
      floors.push({ y: placement.y[card]!, card, box: null });
  return floors;
}
