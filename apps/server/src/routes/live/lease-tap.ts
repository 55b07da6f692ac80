// A tap counts for its socket and for whoever asks, so that nobody takes all that there are.

import type { Stop } from '../../feeds/feed.ts';
import type { Limits } from '../../plugins/limits.ts';
import { Refusal } from '../../security/refusal.ts';

export interface TapOwner {
  readonly socketId: string;
  readonly viewerId: string;
}

export function leaseTap({ taps }: Pick<Limits, 'taps'>, { socketId, viewerId }: TapOwner): Stop {
  const ofSocket = taps.ofSocket.take({ id: socketId, isLink: false });
  const ofViewer = ofSocket && taps.ofViewer.take({ id: viewerId, isLink: false });
  if (ofSocket && ofViewer)
    return () => {
      ofSocket();
      ofViewer();
    };
  ofSocket?.();
  throw new Refusal(
    'you have as many taps open as one may have',
    'close one of them: every tap costs each tapped proxy',
  );
}
