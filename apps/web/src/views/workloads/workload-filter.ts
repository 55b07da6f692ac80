// The filter of the table: words that must occur, and comparisons such as `success < 99`. Pure.

import type { Workload } from '@latchwork/shared/workload';
import { type ColumnName, VALUE_OF } from './columns.ts';

export interface WorkloadFilter {
  matches(workload: Workload): boolean;
  /** What is wrong with the text, and what is allowed; null when all of it was understood. */
  trouble: string | null;
}

type Test = (workload: Workload) => boolean;

/** Percentages are written as people say them. */
const PERCENT_FIELDS: readonly ColumnName[] = ['pods', 'success', 'in', 'out'];
const NUMBER_FIELDS: Record<string, ColumnName> = {
  pods: 'pods',
  rate: 'rate',
  rps: 'rate',
  success: 'success',
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  refused: 'refused',
  tcp: 'tcp',
  in: 'in',
  out: 'out',
};
const TEXT_FIELDS: Record<string, (workload: Workload) => string> = {
  name: ({ name }) => name,
  namespace: ({ namespace }) => namespace,
  ns: ({ namespace }) => namespace,
  kind: ({ kind }) => kind,
};
const FIELDS = 'name, namespace, kind, pods, rate, success, p50, p95, p99, refused, tcp, in, out';
const UNIT_MS: Record<string, number> = { s: 1000, ms: 1 };

const COMPARISON = /(-?[a-z][\w-]*)\s*(<=|>=|!=|<|>|=|:)\s*("[^"]*"|[^\s,]+)(\s*(?:%|ms\b|s\b))?/gi;

export function parseWorkloadFilter(text: string): WorkloadFilter {
  const tests: Test[] = [];
  const troubles: string[] = [];
  const rest = text.replace(COMPARISON, (_, field: string, operator: string, value: string, unit = '') => {
    const test = comparison(field.toLowerCase(), operator, `${value.replaceAll('"', '')}${unit.trim()}`);
    if (typeof test === 'string') troubles.push(test);
    else tests.push(test);
    return ' ';
  });
  for (const word of rest
    .split(/[\s,]+/)
    .map((part) => part.toLowerCase())
    .filter(Boolean))
    tests.push(containing(word));
  return {
    matches: (workload) => tests.every((test) => test(workload)),
    trouble: troubles[0] ?? null,
  };
}

/** A word occurs in the name, the namespace or the kind; with `-` before it, it must not. */
function containing(word: string): Test {
  if (word.length > 1 && word.startsWith('-')) {
    const inner = containing(word.slice(1));
    return (workload) => !inner(workload);
  }
  return ({ namespace, kind, name }) => `${namespace}/${kind}/${name}`.includes(word);
}

function comparison(field: string, operator: string, value: string): Test | string {
  const textOf = TEXT_FIELDS[field];
  if (textOf) return textTest(textOf, operator, value.toLowerCase());
  const column = NUMBER_FIELDS[field];
  if (!column) return `unknown field: ${field}; known: ${FIELDS}`;
  const wanted = numberIn(column, value);
  if (wanted === null) return `not a number for ${field}: ${value}`;
  return (workload) => {
    const found = VALUE_OF[column](workload);
    return typeof found === 'number' && compare(found, operator, wanted);
  };
}

function textTest(textOf: (workload: Workload) => string, operator: string, value: string): Test | string {
  if (operator === ':') return (workload) => textOf(workload).includes(value);
  if (operator === '=') return (workload) => textOf(workload) === value;
  if (operator === '!=') return (workload) => textOf(workload) !== value;
  return `${operator} needs a number; for words there are =, != and :`;
}

function numberIn(column: ColumnName, text: string): number | null {
  const found = /^(\d+(?:\.\d+)?|\.\d+)\s*(%|ms|s)?$/i.exec(text);
  if (!found) return null;
  const number = Number(found[1]);
  if (PERCENT_FIELDS.includes(column)) return number / 100;
  return number * (UNIT_MS[found[2]?.toLowerCase() ?? ''] ?? 1);
}

function compare(found: number, operator: string, wanted: number): boolean {
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
