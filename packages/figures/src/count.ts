// Whole numbers with their thousands apart, and the words that go with them.

const THIN_SPACE = '\u2009';

export function count(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** "1 edge", "3 edges". */
export function counted(n: number, singular: string, plural = `${singular}s`): string {
  return `${count(n)} ${n === 1 ? singular : plural}`;
}
