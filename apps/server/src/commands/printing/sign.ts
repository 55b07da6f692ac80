// The one sign that stands before a line, with or without colour, and its spelling where there is no UTF-8.

import type { Look } from '../asking/look.ts';

const SIGNS = {
  bad: { sign: '×', plain: 'x', colour: 31 },
  warn: { sign: '‼', plain: '!', colour: 33 },
  plaintext: { sign: '○', plain: 'o', colour: 33 },
  mixed: { sign: '◐', plain: '%', colour: 33 },
  refused: { sign: '-', plain: '-', colour: 36 },
  well: { sign: '√', plain: 'v', colour: 32 },
  unknown: { sign: '?', plain: '?', colour: 0 },
  /** Not asked. */
  skipped: { sign: '·', plain: '.', colour: 0 },
  none: { sign: ' ', plain: ' ', colour: 0 },
} as const;

export type Sign = keyof typeof SIGNS;

export function signText(sign: Sign, { hasColour, isUtf8 }: Look): string {
  const { sign: fancy, plain, colour } = SIGNS[sign];
  const text = isUtf8 ? fancy : plain;
  return hasColour && colour !== 0 ? `\u001b[${colour}m${text}\u001b[0m` : text;
}

/** What figures and sentences have besides ASCII, for a terminal without it. */
export function spelled(text: string, { isUtf8 }: Pick<Look, 'isUtf8'>): string {
  if (isUtf8) return text;
  return text
    .replaceAll('├─', '|-')
    .replaceAll('└─', '`-')
    .replace(/[–—]/g, '-')
    .replace(/[\u2009\u00a0]/g, ' ')
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .replaceAll('…', '...')
    .replaceAll('→', '->')
    .replaceAll('√', 'v');
}
