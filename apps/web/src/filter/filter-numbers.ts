// Numbers as people write them in a filter, and how they are compared. Pure.

/** `percent`: of shares from 0 to 1, written as 99 or 99%. `ms`: 500, 500ms or 2s. `bytes`: 10kB. */
export type Unit = 'count' | 'percent' | 'ms' | 'bytes';

/** Powers of ten, so that 95 % is the number that 0.95 is, and not one beside it. */
const EXPONENTS: Record<Unit, Readonly<Record<string, number>>> = {
  count: { '': 0, k: 3, m: 6 },
  percent: { '': -2, '%': -2 },
  ms: { '': 0, ms: 0, s: 3 },
  bytes: { '': 0, b: 0, kb: 3, mb: 6, gb: 9 },
};

export function numberIn(text: string, unit: Unit): number | null {
  const [, digits, suffix = ''] = /^(\d+(?:\.\d+)?|\.\d+)([a-z%]*)(?:\/s)?$/i.exec(text) ?? [];
  const exponent = EXPONENTS[unit][suffix.toLowerCase()];
  return digits === undefined || exponent === undefined ? null : Number(`${digits}e${exponent}`);
}

export function compares(found: number, operator: string, wanted: number): boolean {
  switch (operator) {
    case '<':
      return found < wanted;
    case '<=':
      return found <= wanted;
    case '>':
      return found > wanted;
    case '>=':
      return found >= wanted;
    case '!=':
      return found !== wanted;
    default:
      return found === wanted;
  }
}
