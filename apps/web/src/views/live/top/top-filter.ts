// What the filter of Live knows: the fields of a row or of a single request, headers among them. Pure.

import type { TappedRequest } from '@latchwork/shared/tap/tap';
import type { TopRow } from '@latchwork/shared/tap/top';
import { type Filter, type Language, parseFilter, type Test } from '../../../filter/filter.ts';

/** A row, or a single request, of which headers are searched, too. */
export type FilterRow = Pick<
  TopRow,
  | 'method'
  | 'path'
  | 'route'
  | 'source'
  | 'target'
  | 'authority'
  | 'statuses'
  | 'count'
  | 'medianMs'
  | 'p95Ms'
  | 'worstMs'
> & { headers?: readonly string[] };

type Texts = (row: FilterRow) => readonly string[];

const TEXTS = {
  method: ({ method }) => [method],
  path: ({ path, route }) => (route === null ? [path] : [path, route]),
  from: ({ source }) => peerWords(source),
  to: ({ target, authority }) => [...peerWords(target), authority],
  status: ({ statuses }) => Object.keys(statuses),
  header: ({ headers = [] }) => headers,
} satisfies Record<string, Texts>;

const STATUSES = ['2xx', '3xx', '4xx', '5xx', 'reset'];

/** `5xx` is a class of statuses; `latency` is of one request, or the median of a row. */
export const TOP_LANGUAGE: Language<FilterRow> = {
  fields: [
    {
      names: ['method'],
      about: '',
      field: { texts: TEXTS.method, known: ['GET', 'POST', 'PUT', 'DELETE'] },
    },
    { names: ['path'], about: 'or route', field: { texts: TEXTS.path } },
    { names: ['from', 'source'], about: 'who asks', field: { texts: TEXTS.from } },
    { names: ['to', 'target'], about: 'who is asked', field: { texts: TEXTS.to } },
    {
      names: ['status'],
      about: 'such as 5xx',
      field: { texts: TEXTS.status, fits: fitsStatus, known: STATUSES },
    },
    { names: ['header'], about: 'of one request', field: { texts: TEXTS.header } },
    {
      names: ['latency'],
      about: 'such as >500ms',
      field: { number: ({ medianMs }) => medianMs, unit: 'ms' },
    },
    { names: ['p95'], about: 'latency', field: { number: ({ p95Ms }) => p95Ms, unit: 'ms' } },
    { names: ['worst'], about: 'latency', field: { number: ({ worstMs }) => worstMs, unit: 'ms' } },
    { names: ['seen'], about: 'how often', field: { number: ({ count }) => count, unit: 'count' } },
  ],
  word: wordTest,
  takesColons: true,
};

export function toFilterRow(request: TappedRequest): FilterRow {
  const { method, path, route, from, to, authority, outcome, latencyMs } = request;
  const headers = [...request.requestHeaders, ...request.responseHeaders, ...request.trailers].map(
    ({ name, value }) => `${name}: ${value ?? ''}`,
  );
  const statuses = outcome === null ? {} : { [outcome]: 1 };
  const times = { medianMs: latencyMs, p95Ms: latencyMs, worstMs: latencyMs };
  return { method, path, route, source: from, target: to, authority, statuses, headers, count: 1, ...times };
}

export function parseTopFilter(text: string): Filter<FilterRow> {
  return parseFilter(text, TOP_LANGUAGE);
}

function wordTest(word: string): Test<FilterRow> {
  const inText: Test<FilterRow> = (row) =>
    Object.values<Texts>(TEXTS).some((texts) => texts(row).some((text) => text.toLowerCase().includes(word)));
  if (!/^[1-5](\d\d|xx)$/.test(word)) return inText;
  return (row) => TEXTS.status(row).some((status) => fitsStatus(status, word)) || inText(row);
}

function fitsStatus(status: string, wanted: string): boolean {
  const family = /^([1-5])xx$/.exec(wanted)?.[1];
  return family ? new RegExp(`^${family}\\d\\d$`).test(status) : status.toLowerCase().includes(wanted);
}

function peerWords({ label, namespace, host }: TopRow['source']): readonly string[] {
  const words = host === undefined ? [label] : [label, host];
  return namespace === null ? words : [...words, namespace, `${namespace}/${label}`];
}
