// The JSON around every answer of the query API, checked: anything else is a bad answer that says what it was.
// https://prometheus.io/docs/prometheus/latest/querying/api/

import { SourceError } from '../source-error.ts';
import { parseValue, type Sample, type SampleLine } from './sample.ts';

interface Row {
  metric?: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

function bad(message: string, remedy: string, status: number, cause?: unknown): SourceError {
  return new SourceError({ source: 'prometheus', kind: 'bad-answer', message, remedy, status, cause });
}

const NOT_PROMETHEUS =
  'check that the URL is the base of a Prometheus-compatible query API (…/api/v1/query must answer below it), and that no login page stands in front';

/** The rows of a successful answer. Throws a SourceError for everything else. `where` names the URL without credentials. */
export function readRows(text: string, status: number, where: string): Row[] {
  if (text.trim() === '') throw bad(`${where} answered ${status} with nothing`, NOT_PROMETHEUS, status);
  let body: { status?: string; error?: string; errorType?: string; data?: { result?: unknown } };
  try {
    body = JSON.parse(text);
  } catch (cause) {
    const what = /^\s*</.test(text)
      ? 'HTML instead of JSON'
      : 'something that is not JSON, or only half of it';
    throw bad(`${where} answered ${status} with ${what}`, NOT_PROMETHEUS, status, cause);
  }
  if (body?.status === 'error') throw refusedQuery(body.errorType ?? '', body.error ?? '', status, where);
  if (body?.status !== 'success' || !Array.isArray(body.data?.result))
    throw bad(`${where} answered ${status} with JSON of another shape`, NOT_PROMETHEUS, status);
  return body.data.result as Row[];
}

function refusedQuery(type: string, error: string, status: number, where: string): SourceError {
  const said = error.length > 300 ? `${error.slice(0, 300)}…` : error;
  if (type === 'timeout' || type === 'canceled')
    return new SourceError({
      source: 'prometheus',
      kind: 'timed-out',
      message: `${where} gave up on the query: ${said}`,
      remedy:
        'Prometheus is overloaded, or its query timeout is short: raise --query.timeout there, or ask for a shorter window',
      status,
    });
  if (/too many samples|exceeds|limit/i.test(said))
    return new SourceError({
      source: 'prometheus',
      kind: 'too-much',
      message: `${where} refused the query as too large: ${said}`,
      remedy: 'raise the sample or series limit there (--query.max-samples), or ask for a shorter window',
      status,
    });
  return bad(
    `${where} answered ${status}: ${said}`,
    'read what it says: the store refused this query',
    status,
  );
}

export function toSamples(rows: readonly Row[]): Sample[] {
  const samples: Sample[] = [];
  for (const { metric = {}, value } of rows)
    if (value) samples.push({ labels: metric, value: parseValue(value[1]) });
  return samples;
}

export function toLines(rows: readonly Row[]): SampleLine[] {
  return rows.map(({ metric = {}, values = [] }) => ({
    labels: metric,
    points: values.map(([at, text]) => [at, parseValue(text)] as const),
  }));
}
