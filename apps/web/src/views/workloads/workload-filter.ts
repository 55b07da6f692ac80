// What the filter of the table knows: the fields of a workload. Pure.

import type { Workload } from '@latchwork/shared/workload';
import { type Filter, type Language, parseFilter } from '../../filter/filter.ts';
import type { Unit } from '../../filter/filter-numbers.ts';
import { type ColumnName, VALUE_OF } from './columns.ts';

const NUMBERS: readonly [names: readonly string[], column: ColumnName, unit: Unit, about: string][] = [
  [['pods'], 'pods', 'percent', 'pods with a proxy, percent'],
  [['rate', 'rps'], 'rate', 'count', 'requests a second'],
  [['success'], 'success', 'percent', 'success, percent'],
  [['p50'], 'p50', 'ms', 'median latency'],
  [['p95'], 'p95', 'ms', 'latency'],
  [['p99'], 'p99', 'ms', 'latency'],
  [['refused'], 'refused', 'count', 'refused a second'],
  [['tcp'], 'tcp', 'count', 'open connections'],
  [['in'], 'in', 'percent', 'secured of what comes in, percent'],
  [['out'], 'out', 'percent', 'secured of what goes out, percent'],
];

export const WORKLOAD_LANGUAGE: Language<Workload> = {
  fields: [
    { names: ['name'], about: 'of the workload', field: { texts: ({ name }) => [name] } },
    { names: ['namespace', 'ns'], about: '', field: { texts: ({ namespace }) => [namespace] } },
    { names: ['kind'], about: 'such as deployment', field: { texts: ({ kind }) => [kind] } },
    ...NUMBERS.map(([names, column, unit, about]) => ({
      names,
      about,
      field: { number: numberOf(column), unit },
    })),
  ],
  word:
    (word) =>
    ({ namespace, kind, name }) =>
      `${namespace}/${kind}/${name}`.includes(word),
};

export function parseWorkloadFilter(text: string): Filter<Workload> {
  return parseFilter(text, WORKLOAD_LANGUAGE);
}

function numberOf(column: ColumnName): (workload: Workload) => number | null {
  return (workload) => {
    const found = VALUE_OF[column](workload);
    return typeof found === 'number' ? found : null;
  };
}
