// A question that is too long for the way to the store → shorter ones with the same answer. Pure.

import type { Labels, Sample, SampleLine } from './sample.ts';

const SPACE = /\s/;

/** The operands of the outermost `or`, which binds weakest of all of PromQL; one when there is none. */
export function operandsOf(text: string): string[] {
  const operands: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '"' || character === "'" || character === '`') at = endOfText(text, at);
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (depth === 0 && isOr(text, at)) {
      operands.push(text.slice(from, at).trim());
      from = at + 2;
    }
  }
  operands.push(text.slice(from).trim());
  return operands;
}

function isOr(text: string, at: number): boolean {
  const isWord = text.slice(at, at + 2).toLowerCase() === 'or';
  return isWord && SPACE.test(text[at - 1] ?? '') && SPACE.test(text[at + 2] ?? '');
}

function endOfText(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote !== '`') at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

/** As few questions as fit; an operand that is too long by itself stays alone. */
export function splitQuestion(text: string, fits: (part: string) => boolean): string[] {
  // Such a union looks at some labels alone: put together from parts it would be another one.
  if (/\bor\s+(on|ignoring)\b/i.test(text)) return [text];
  const parts: string[] = [];
  for (const operand of operandsOf(text)) {
    const longer = `${parts.at(-1)} or ${operand}`;
    if (parts.length > 0 && fits(longer)) parts[parts.length - 1] = longer;
    else parts.push(operand);
  }
  return parts;
}

/** What `or` does with its operands: of equal label sets the first one counts. */
export function joinSamples(parts: readonly (readonly Sample[])[]): Sample[] {
  const [only] = parts;
  if (parts.length === 1 && only) return [...only];
  const joined = new Map<string, Sample>();
  for (const sample of parts.flat()) {
    const key = keyOf(sample.labels);
    if (!joined.has(key)) joined.set(key, sample);
  }
  return [...joined.values()];
}

/** The same for each moment of a line. */
export function joinLines(parts: readonly (readonly SampleLine[])[]): SampleLine[] {
  const [only] = parts;
  if (parts.length === 1 && only) return [...only];
  const joined = new Map<string, SampleLine>();
  for (const line of parts.flat()) {
    const key = keyOf(line.labels);
    const known = joined.get(key);
    joined.set(key, known ? { ...known, points: joinPoints(known.points, line.points) } : line);
  }
  return [...joined.values()];
}

function joinPoints(first: SampleLine['points'], second: SampleLine['points']): SampleLine['points'] {
  const moments = new Set(first.map(([at]) => at));
  return [...first, ...second.filter(([at]) => !moments.has(at))].sort(([a], [b]) => a - b);
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
