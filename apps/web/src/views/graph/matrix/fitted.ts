// Names cut to the room there is, where they are alike; each once.

import { shortName } from '@latchwork/figures/short-name';
import type { Measure } from '@latchwork/graph/draw/shape';
import type { MatrixLook } from '@latchwork/graph/matrix/look';

/** `others`: all names that this one must be told from. */
export function fitter(others: readonly string[], measure: Measure): MatrixLook['fitted'] {
  const known = new Map<string, string>();
  return (text, size, weight, room) => {
    const key = `${size} ${weight} ${Math.round(room)} ${text}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const name = shortName(text, others, (candidate) => measure(candidate, size, weight) <= room);
    known.set(key, name);
    return name;
  };
}
