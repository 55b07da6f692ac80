// Lays out large pictures beside the page, so that it stays quick under the hand. Knows nothing but scenes and layouts.

import { layout } from '@latchwork/graph/layout/layout';
import type { Layout, LayoutState } from '@latchwork/graph/layout/place';
import type { Scene } from '@latchwork/graph/scene/scene';

export interface LayoutRequest {
  id: number;
  scene: Scene;
  previous: LayoutState | undefined;
  nowMs: number;
}

export interface LayoutReply {
  id: number;
  layout: Layout;
}

// The page's types know a window's postMessage; in a worker it takes the message alone.
const reply = (message: LayoutReply) => (postMessage as (message: LayoutReply) => void)(message);

addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  reply({ id: data.id, layout: layout(data.scene, data.previous, data.nowMs) });
});
