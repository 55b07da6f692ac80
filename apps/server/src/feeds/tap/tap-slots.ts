// How many taps may be open at once: each costs every proxy that it reaches.

import type { Stop } from '../feed.ts';

export interface TapSlots {
  /** What gives the slot back, or why there is none. */
  take(): Stop | { readonly message: string; readonly remedy: string };
}

const MAX_TAPS = 32;

export function createTapSlots(
  max: number = MAX_TAPS,
  onChange: (change: 1 | -1) => void = () => undefined,
): TapSlots {
  let taken = 0;
  return {
    take() {
      if (taken >= max)
        return {
          message: `there are ${taken} taps open already`,
          remedy: 'close one of them: every tap costs each tapped proxy',
        };
      taken++;
      onChange(1);
      return () => {
        taken--;
        onChange(-1);
      };
    },
  };
}
