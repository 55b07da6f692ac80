// Names cut to the room there is, where they are alike; each once.

import { shortName } from '@latchwork/figures/short-name';
import type { Measure } from '../draw/shape.ts';
import type { Item } from './item.ts';
import type { MatrixLook } from './look.ts';

/** `items`: all whose names this one must be told from. */
export function fitter(items: readonly Pick<Item, 'label'>[], measure: Measure): MatrixLook['fitted'] {
  const names = items.map(({ label }) => label);
  const known = new Map<string, string>();
  return (text, size, weight, room) => {
    const key = `${size} ${weight} ${Math.round(room)} ${text}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const name = shortName(text, names, (candidate) => measure(candidate, size, weight) <= room);
    known.set(key, name);
    return name;
  };
}
