// Text in SVG: escaped, and as wide as estimates say: no font is asked.

import { speakable } from '../../scene/speakable.ts';

const NARROW = /[iljtfr.,:;'|!()[\] -]/;
const WIDE = /[mwMW@%]/;
const CAPITAL = /[A-Z0-9]/;
/** How much wider than the regular one a semibold text is. */
const BOLD = 1.04;

export function escaped(text: string): string {
  return speakable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** About how wide a text is at a font size, in px. */
export function textWidth(text: string, sizePx: number, weight = 400): number {
  let em = 0;
  for (const letter of text)
    em += NARROW.test(letter) ? 0.34 : WIDE.test(letter) ? 0.86 : CAPITAL.test(letter) ? 0.63 : 0.57;
  return em * sizePx * (weight >= 600 ? BOLD : 1);
}
