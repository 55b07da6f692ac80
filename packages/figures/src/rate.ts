// Rates, with three digits: 13.8, 6.38, 0.97.

import { count } from './count.ts';
import { type Figure, figureText } from './figure.ts';

export function threeDigits(n: number): string {
  if (n === 0) return '0';
  if (n < 0.01) return '< 0.01';
  if (n < 9.995) return n.toFixed(2);
  if (n < 99.95) return n.toFixed(1);
  if (n < 9_999.5) return count(n);
  return n < 999_500 ? `${threeDigits(n / 1000)}k` : `${threeDigits(n / 1_000_000)}M`;
}

/** `perSecond`: requests, or whatever is counted. */
export function rate(perSecond: number): Figure;
export function rate(perSecond: number | null): Figure | null;
export function rate(perSecond: number | null): Figure | null {
  return perSecond === null ? null : { value: threeDigits(perSecond), unit: '/s' };
}

export function rateText(perSecond: number | null): string {
  return figureText(rate(perSecond));
}
