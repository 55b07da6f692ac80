// How near the map is seen, and what of a card can then be read: names never fall below 10 px on the screen.

import type { Detail } from '../draw/encode.ts';
import type { Measure } from '../draw/shape.ts';
import type { Form } from './form.ts';

/** `close`: all of a near card, with larger names. */
export type OverviewDetail = 'near' | 'close' | 'middle' | 'far';

export function overviewDetail(zoom: number): OverviewDetail {
  if (zoom >= 0.8) return 'near';
  if (zoom >= 0.72) return 'close';
  return zoom >= 0.6 ? 'middle' : 'far';
}

/** Chips go with the words of the cards: from afar what they tell is counted. */
export function showsChips({ chips }: Pick<Form, 'chips'>, detail: OverviewDetail): boolean {
  return chips && (detail === 'near' || detail === 'close');
}

/** Lines and marks know three levels: quiet locks go with the words of the cards. */
export function lineDetail(detail: OverviewDetail): Detail {
  return detail === 'close' ? 'near' : detail;
}

/** A name too long loses its middle and keeps its last three letters, for names of one mesh often differ there. */
export function middleFitted(
  text: string,
  size: number,
  weight: number,
  most: number,
  measure: Measure,
): string {
  if (measure(text, size, weight) <= most) return text;
  const end = text.slice(-3);
  let start = text.slice(0, -3);
  while (start.length > 1 && measure(`${start}…${end}`, size, weight) > most) start = start.slice(0, -1);
  return `${start}…${end}`;
}
