// Bytes a second, in steps of 1000 as network people count them.

import type { Figure } from './figure.ts';

const UNITS = ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s'] as const;

export function bytesRate(perSecond: number): Figure;
export function bytesRate(perSecond: number | null): Figure | null;
export function bytesRate(perSecond: number | null): Figure | null {
  if (perSecond === null) return null;
  let value = perSecond;
  let step = 0;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = step > 0 && value < 9.95 ? 1 : 0;
  const small = step === 0 && value > 0 && value < 0.5;
  return { value: small ? '< 1' : value.toFixed(digits), unit: ` ${UNITS[step]}` };
}
