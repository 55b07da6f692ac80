// Kubernetes' label selectors: text into a test of labels. Knows no objects.

export type Labels = Readonly<Record<string, string>>;
export type Selector = (labels: Labels) => boolean;

/** The text is no selector. */
export class BadSelector extends Error {}

const SET = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/;
const EQUAL = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/;
const PRESENT = /^(!?)\s*([^\s=!,]+)$/;

/** Nothing selects everything. */
export function parseSelector(text: string): Selector {
  const tests = requirements(text).map(toTest);
  return (labels) => tests.every((test) => test(labels));
}

/** At commas, but not at those between parentheses. */
function requirements(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function toTest(text: string): Selector {
  const [, key = '', word, list = ''] = SET.exec(text) ?? [];
  if (word) {
    const values = list.split(',').map((value) => value.trim());
    return (labels) => (labels[key] !== undefined && values.includes(labels[key])) === (word === 'in');
  }
  const [, name = '', sign, value = ''] = EQUAL.exec(text) ?? [];
  if (sign) return (labels) => (labels[name] === value) === (sign !== '!=');
  const [whole, not, present = ''] = PRESENT.exec(text) ?? [];
  if (whole) return (labels) => (labels[present] !== undefined) === (not === '');
  throw new BadSelector(`unable to parse requirement: ${text}`);
}
