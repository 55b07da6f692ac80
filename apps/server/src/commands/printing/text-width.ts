// How many cells of a terminal a text takes, and a text that cannot do anything to a terminal. Pure.

/** Wide and fullwidth letters of East Asian scripts, and what is drawn as a picture. https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NO_WIDTH = /^(?:\p{Mn}|\p{Me}|\p{Cf})+$/u;

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function textWidth(text: string): number {
  // Nearly all of it is.
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of letters.segment(text))
    width += NO_WIDTH.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
  return width;
}

export function padded(text: string, width: number, atRight = false): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)));
  return atRight ? space + text : text + space;
}

/** Names come from outside: what moves the cursor, rings, or turns the direction of writing is shown as a mark. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
