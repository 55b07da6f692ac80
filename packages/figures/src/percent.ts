// Shares as percentages. Never rounded into a promise: "100 %" and "0 %" only when exact.

import { type Figure, figureText } from './figure.ts';

/** Shares of counts miss their last digits by less. */
const EXACT = 1e-9;

/** For success: one decimal, two above 99.5, rounded down, so that no figure reads better than the colour that it has. */
export function percent(share: number): Figure;
export function percent(share: number | null): Figure | null;
export function percent(share: number | null): Figure | null {
  if (share === null) return null;
  const value = share * 100;
  if (value === 0 || value === 100) return { value: String(value), unit: ' %' };
  if (value < 0.1 - EXACT) return { value: '< 0.1', unit: ' %' };
  if (value <= 99.5 + EXACT) return { value: floored(value, 1), unit: ' %' };
  return { value: floored(Math.min(99.99, value), 2), unit: ' %' };
}

function floored(value: number, digits: number): string {
  return (Math.floor(value * 10 ** digits + EXACT) / 10 ** digits).toFixed(digits);
}

export function percentText(share: number | null): string {
  return figureText(percent(share));
}

/** What failed, as the rest of what success is said to be: the two never add up to something else. */
export function failedPercentText(successRate: number): string {
  const { value } = percent(successRate);
  if (value.startsWith('<')) return '> 99.9 %';
  const [, decimals = ''] = value.split('.');
  return `${(100 - Number(value)).toFixed(decimals.length)} %`;
}

/** For what is secured: whole numbers, and from 1 to 99 whenever it is neither none nor all. */
export function wholePercent(share: number): Figure;
export function wholePercent(share: number | null): Figure | null;
export function wholePercent(share: number | null): Figure | null {
  if (share === null) return null;
  if (share === 0 || share === 1) return { value: String(share * 100), unit: ' %' };
  return { value: String(Math.min(99, Math.max(1, Math.round(share * 100)))), unit: ' %' };
}

export function wholePercentText(share: number | null): string {
  return figureText(wholePercent(share));
}
