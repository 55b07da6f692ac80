// The filter of Live: words in method, path, source, target, status or a request's headers, each of which may name its field. Pure.

import type { TappedRequest } from '@latchwork/shared/tap';
import type { TopRow } from '@latchwork/shared/top';

/** A row, or a single request, of which headers are searched, too. */
export type FilterRow = Pick<
  TopRow,
  'method' | 'path' | 'route' | 'source' | 'target' | 'authority' | 'statuses'
> & { headers?: readonly string[] };

type Test = (row: FilterRow) => boolean;

const FIELDS: Record<string, (row: FilterRow) => readonly string[]> = {
  method: ({ method }) => [method],
  path: ({ path, route }) => (route === null ? [path] : [path, route]),
  from: ({ source }) => peerWords(source),
  source: ({ source }) => peerWords(source),
  to: ({ target, authority }) => [...peerWords(target), authority],
  target: ({ target, authority }) => [...peerWords(target), authority],
  status: ({ statuses }) => Object.keys(statuses),
  header: ({ headers = [] }) => headers,
};

export function toFilterRow(request: TappedRequest): FilterRow {
  const { method, path, route, from, to, authority, outcome } = request;
  const headers = [...request.requestHeaders, ...request.responseHeaders, ...request.trailers].map(
    ({ name, value }) => `${name}: ${value ?? ''}`,
  );
  const statuses = outcome === null ? {} : { [outcome]: 1 };
  return { method, path, route, source: from, target: to, authority, statuses, headers };
}

/** Every word must fit; `-word` must not. `5xx` is a class of statuses; `status:500`, `from:web`, `path:/cart` name a field. */
export function parseTopFilter(text: string): Test {
  const tests = text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (word.length > 1 && word.startsWith('-') ? not(testOf(word.slice(1))) : testOf(word)));
  return (row) => tests.every((test) => test(row));
}

function testOf(word: string): Test {
  const colon = word.indexOf(':');
  const field = FIELDS[word.slice(0, Math.max(0, colon))];
  const wanted = field ? word.slice(colon + 1) : word;
  if (field === FIELDS['status'] && field) return statusTest(wanted);
  if (field) return (row) => field(row).some((value) => value.toLowerCase().includes(wanted));
  if (/^[1-5](\d\d|xx)$/.test(wanted)) {
    const status = statusTest(wanted);
    const inText = textTest(wanted);
    return (row) => status(row) || inText(row);
  }
  return textTest(wanted);
}

function textTest(wanted: string): Test {
  return (row) =>
    Object.values(FIELDS).some((read) => read(row).some((value) => value.toLowerCase().includes(wanted)));
}

function statusTest(wanted: string): Test {
  const family = /^([1-5])xx$/.exec(wanted)?.[1];
  return ({ statuses }) =>
    Object.keys(statuses).some((status) =>
      family ? new RegExp(`^${family}\\d\\d$`).test(status) : status.toLowerCase().includes(wanted),
    );
}

function not(test: Test): Test {
  return (row) => !test(row);
}

function peerWords({ label, namespace }: TopRow['source']): readonly string[] {
  return namespace === null ? [label] : [label, namespace, `${namespace}/${label}`];
}
