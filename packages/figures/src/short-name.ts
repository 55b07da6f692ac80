// Names that do not fit: cut where they are alike, so that what tells a name from its neighbours stays to be seen.

const LEAST_HEAD = 3;
/** A cut may give up this many letters more to keep a whole word of the name. */
const WORD = 7;

/**
 * `name` when it fits; else its beginning, or, where `others` begin the same way, its beginning and the end in which they
 * differ. `fits` tells whether a text has room.
 */
export function shortName(name: string, others: readonly string[], fits: (text: string) => boolean): string {
  if (fits(name)) return name;
  const head = headOf(name, fits);
  let tail = tailOf(name, others, head.length);
  if (tail === '') return `${tidyEnd(head)}…`;
  let before = Math.min(head.length, name.length - tail.length);
  // A shorter beginning is one of more names: their ends may differ elsewhere.
  for (let known = ''; known !== tail; ) {
    while (before > LEAST_HEAD && !fits(middleCut(name, before, tail))) before--;
    known = tail;
    tail = tailOf(name, others, before);
  }
  let after = tail.length;
  while (after > 1 && !fits(middleCut(name, before, tail.slice(0, after), after < tail.length))) after--;
  const cut = middleCut(name, before, tail.slice(0, after), after < tail.length);
  return after < tail.length ? (withEnd(name, others, { before, tail, after }, fits) ?? cut) : cut;
}

interface Cut {
  /** Letters of the beginning, and of the tail, that have room. */
  readonly before: number;
  readonly tail: string;
  readonly after: number;
}

/** Of names that differ in two places, a piece of the first and the end: where others share what a cut tail shows. */
function withEnd(
  name: string,
  others: readonly string[],
  { before, tail, after }: Cut,
  fits: (text: string) => boolean,
): string | null {
  const [start, piece] = [name.length - tail.length, tail.slice(0, after)];
  const alike = others.filter((other) => other.startsWith(name.slice(0, before)) && other.includes(piece));
  const end = tailOf(name, alike, before);
  if (end === '' || end.length > tail.length - after) return null;
  for (let ending = end.length; ending > 1; ending--)
    for (const first of [Math.min(before, LEAST_HEAD), 1])
      for (let letters = after; letters > 0; letters--) {
        const shown = `${name.slice(start, start + letters)}…${end.slice(0, ending)}`;
        const text = middleCut(name, first, shown, ending < end.length);
        if (fits(text)) return text;
      }
  return null;
}

/**
 * The end of `name` in which it differs from those of `others` that share its first `shown` letters: from the beginning of
 * a word where that is near. Empty when its beginning tells it from all of them.
 */
export function tailOf(name: string, others: readonly string[], shown: number): string {
  const head = name.slice(0, shown);
  const alike = others.filter((other) => other !== name && other.startsWith(head));
  if (alike.length === 0) return '';
  const start = Math.min(...alike.map((other) => lastDifference(name, other)));
  const word = Math.max(name.lastIndexOf('-', start - 1), name.lastIndexOf('.', start - 1)) + 1;
  return name.slice(word > 0 && start - word <= WORD ? word : start);
}

/** Where in `name` the last letter stands that `other` has not; never behind its end. */
function lastDifference(name: string, other: string): number {
  let same = 0;
  while (same < Math.min(name.length, other.length) - 1 && name.at(-1 - same) === other.at(-1 - same)) same++;
  return name.length - same - 1;
}

function headOf(name: string, fits: (text: string) => boolean): string {
  let length = name.length - 1;
  while (length > 1 && !fits(`${name.slice(0, length)}…`)) length--;
  return name.slice(0, length);
}

function middleCut(name: string, before: number, tail: string, isCut = false): string {
  return `${tidyEnd(name.slice(0, before))}…${tail}${isCut ? '…' : ''}`;
}

/** No separator before an ellipsis. */
function tidyEnd(text: string): string {
  return text.replace(/[-. ]+$/, '') || text;
}
