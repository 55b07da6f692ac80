// Numbers that no proxy has: what is not finite, below nothing or beyond all machines was not measured.

/** Of one series, a second or in all: no proxy serves so many requests or connections, or carries so many bytes. */
export const MOST = { calls: 1e8, bytes: 1e12 };
/** Sums of as many series as a large mesh has. */
const SERIES = 1e4;

export function isPlausible(value: number, most = MOST.calls): boolean {
  return value >= 0 && value <= most * SERIES;
}
