// The JSON around every answer of the query API, checked: anything else is a bad answer that says what it was.
// https://prometheus.io/docs/prometheus/latest/querying/api/

import { SourceError } from '../source-error.ts';
import { parseValue, type Sample, type SampleLine } from './sample.ts';

export interface Row {
  metric?: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

function bad(message: string, remedy: string, status: number, cause?: unknown): SourceError {
  return new SourceError({ source: 'prometheus', kind: 'bad-answer', message, remedy, status, cause });
}

const NOT_PROMETHEUS =
  'check that the URL is the base of a Prometheus-compatible query API (…/api/v1/query must answer below it), and that no login page stands in front';

const IN_TROUBLE =
  'Prometheus, or a proxy in front of it, is in trouble: it may be starting (it reads its log first), else look at its log';

export interface Envelope {
  readonly rows: readonly Row[];
  /** Remarks that rows may be missing; remarks about the query itself are left out. */
  readonly warnings: readonly string[];
}

interface Body {
  status?: string;
  error?: string;
  errorType?: string;
  data?: { result?: unknown };
  warnings?: unknown;
}

/** A successful answer. Throws a SourceError for everything else. `where` names the URL without credentials. */
export function readEnvelope(text: string, status: number, where: string): Envelope {
  const remedy = status >= 500 ? IN_TROUBLE : NOT_PROMETHEUS;
  if (text.trim() === '') throw bad(`${where} answered ${status} with nothing`, remedy, status);
  let body: Body;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    const what = /^\s*</.test(text)
      ? 'HTML instead of JSON'
      : 'something that is not JSON, or only half of it';
    throw bad(`${where} answered ${status} with ${what}`, remedy, status, cause);
  }
  if (body?.status === 'error') throw refusedQuery(body.errorType ?? '', body.error ?? '', status, where);
  if (body?.status !== 'success' || !Array.isArray(body.data?.result))
    throw bad(`${where} answered ${status} with JSON of another shape`, remedy, status);
  return { rows: body.data.result as Row[], warnings: toWarnings(body.warnings) };
}

/** Prometheus 2.5x puts its remarks about the query among them (`PromQL info: …`), which lose nothing. */
function toWarnings(warnings: unknown): string[] {
  if (!Array.isArray(warnings)) return [];
  return warnings.map(String).filter((warning) => !warning.startsWith('PromQL '));
}

function refusedQuery(type: string, error: string, status: number, where: string): SourceError {
  const said = error.length > 300 ? `${error.slice(0, 300)}…` : error;
  if (type === 'timeout' || type === 'canceled' || /context deadline exceeded|timed out/i.test(said))
    return new SourceError({
      source: 'prometheus',
      kind: 'timed-out',
      message: `${where} gave up on the query: ${said}`,
      remedy:
        'Prometheus is overloaded, or its query timeout is short: raise --query.timeout there, or ask for a shorter window',
      status,
    });
  // So says a store that has just started, or whatever leads to it: the next question would meet the same.
  if (type === 'unavailable')
    return new SourceError({
      source: 'prometheus',
      kind: 'unreachable',
      message: `${where} answered ${status}: ${said}`,
      remedy: 'it is asked again by itself',
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
  // What it says then are whole label sets.
  if (/many-to-many|duplicate series|same labelset/i.test(said))
    return bad(
      `${where} holds series twice, which cannot be joined`,
      'two jobs or two replicas scrape the same proxies: choose one with --matcher, such as job="linkerd-proxy"',
      status,
    );
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
