// Names in SVG text: escaped, and cut to the width that is there. Widths are estimates: no font is asked.

import { speakable } from '../../scene/speakable.ts';

const NARROW = /[iljtfr.,:;'|!()[\] -]/;
const WIDE = /[mwMW@%]/;
const CAPITAL = /[A-Z0-9]/;

export function escaped(text: string): string {
  return speakable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** About how wide a text is at a font size, in px. */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const letter of text)
    em += NARROW.test(letter) ? 0.34 : WIDE.test(letter) ? 0.86 : CAPITAL.test(letter) ? 0.63 : 0.57;
  return em * fontSize;
}

/** The text, or its beginning and an ellipsis. */
export function fitted(text: string, fontSize: number, most: number): string {
  if (textWidth(text, fontSize) <= most) return text;
  let cut = text;
  while (cut.length > 1 && textWidth(`${cut}…`, fontSize) > most) cut = cut.slice(0, -1);
  return `${cut.replace(/[-. ]+$/, '')}…`;
}
