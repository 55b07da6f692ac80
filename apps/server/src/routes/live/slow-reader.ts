// Readers that do not read: what waits for them is memory of everybody.

import type { WebSocket } from 'ws';

/** Far above the largest snapshot that waits for a slow line. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

export function isDrowning({ bufferedAmount }: Pick<WebSocket, 'bufferedAmount'>): boolean {
  return bufferedAmount > MOST_WAITING_BYTES;
}

/** Says, each time it is asked, whether nothing left since the last time although something waited. */
export function createStallWatch(socket: Pick<WebSocket, 'bufferedAmount'>): () => boolean {
  let before = 0;
  return () => {
    const now = socket.bufferedAmount;
    const isStalled = before > 0 && now >= before;
    before = now;
    return isStalled;
  };
}
