// Numbers as people write them in a filter, and how they are compared. Pure.

/** `percent`: of shares from 0 to 1, written as 99 or 99%. `ms`: 500, 500ms or 2s. `bytes`: 10kB. */
export type Unit = 'count' | 'percent' | 'ms' | 'bytes';

const FACTORS: Record<Unit, Readonly<Record<string, number>>> = {
  count: { '': 1, k: 1000, m: 1_000_000 },
  percent: { '': 0.01, '%': 0.01 },
  ms: { '': 1, ms: 1, s: 1000 },
  bytes: { '': 1, b: 1, kb: 1000, mb: 1_000_000, gb: 1_000_000_000 },
};

export function numberIn(text: string, unit: Unit): number | null {
  const [, digits, suffix = ''] = /^(\d+(?:\.\d+)?|\.\d+)([a-z%]*)(?:\/s)?$/i.exec(text) ?? [];
  const factor = FACTORS[unit][suffix.toLowerCase()];
  return digits === undefined || factor === undefined ? null : Number(digits) * factor;
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
