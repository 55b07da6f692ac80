// How many of an open box's own have a card: as many as can be read in the room there is, and no fewer than a few.

import { LEAST_ZOOM } from '../draw/encode.ts';
import { foldTallColumns } from '../layout/placing/tall-columns.ts';
import type { Card } from '../scene/card.ts';
import { REST_IDS } from '../scene/rest.ts';
import type { Scene } from '../scene/scene.ts';
import { estimatedSize } from './estimate.ts';
import type { Room } from './folds.ts';

const FEWER = [60, 40, 27, 18] as const;
/** Lines take room that an estimate knows nothing of, px for each of more than so many; measured on dense meshes. */
const ROUTED = { width: { each: 2.6, from: 30 }, height: { each: 6, from: 80 } } as const;
/** What is drawn stays so while it can nearly be read. */
const KEPT = 0.8;

/** `made`: the scene with so many. `drawn`: cards that are there already: their number stays while it can. */
export function fittedInside(
  inside: readonly Card[],
  drawn: ReadonlySet<string>,
  room: Room,
  made: (most: number) => Scene,
): Scene {
  const before = inside.filter(({ id }) => drawn.has(id)).length;
  if (before > 0) {
    const kept = made(drawn.has(REST_IDS.inside) ? Math.max(before, FEWER.at(-1)!) : FEWER[0]);
    if (zoomOf(kept, room) >= KEPT * LEAST_ZOOM) return kept;
  }
  let scene = made(FEWER[0]);
  for (const most of FEWER.slice(1)) {
    if (inside.length <= most || zoomOf(scene, room) >= LEAST_ZOOM) break;
    scene = made(most);
  }
  return scene;
}

function zoomOf(scene: Scene, room: Room): number {
  const { width, height } = estimatedSize(scene, foldTallColumns);
  const routed = ({ each, from }: { each: number; from: number }) =>
    each * Math.max(0, scene.links.length - from);
  return Math.min(
    room.width / Math.max(1, width + routed(ROUTED.width)),
    room.height === null ? 1 : room.height / Math.max(1, height + routed(ROUTED.height)),
  );
}
