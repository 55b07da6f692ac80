// Places for a scene: the same scene always looks the same, and what has a place keeps it. Pure, and knows no data.

import type { Layout, LayoutState } from './place.ts';
import type { Scene } from './scene.ts';
import { simplePlaces } from './simple-places.ts';

/** With `previous` old things keep their places; without it all is laid out anew ("Tidy"). */
export function layout(scene: Scene, previous?: LayoutState): Layout {
  return { ...simplePlaces(scene), state: previous ?? { version: 1 } };
}
