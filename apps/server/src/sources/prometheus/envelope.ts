// The JSON around every answer of the query API, checked: anything else is a bad answer that says what it was.
// https://prometheus.io/docs/prometheus/latest/querying/api/

import { SourceError } from '../source-error.ts';
import type { Body } from './body.ts';
import type { Answer } from './exchange.ts';
import { BASE_PATH } from './questions/policy/refusal.ts';
import { wordsOf } from './refusal-words.ts';

function bad(message: string, remedy: string, status: number): SourceError {
  return new SourceError({ source: 'prometheus', kind: 'bad-answer', message, remedy, status });
}

const NOT_PROMETHEUS =
  'check that the URL is the base of a Prometheus-compatible query API (…/api/v1/query must answer below it), and that no login page stands in front';

/** In the words of VictoriaMetrics' own servers. */
const WRONG_PATH = /unsupported path requested|missing route for/i;

const IN_TROUBLE =
  'Prometheus, or a proxy in front of it, is in trouble: it may be starting (it reads its log first), else look at its log';

interface Envelope {
  status?: unknown;
  error?: unknown;
  errorType?: unknown;
  data?: { result?: unknown; resultType?: unknown } | null;
  warnings?: unknown;
  /** Of VictoriaMetrics in a cluster: some of its storage nodes did not answer. */
  isPartial?: unknown;
}

/** Whether a store of this API speaks, rather than something in front of it. */
export function isEnvelope({ json }: Pick<Body<unknown>, 'json'>): boolean {
  return ['success', 'error'].includes(String((json as Envelope | null | undefined)?.status));
}

/**
 * Remarks that rows may be missing; remarks about the query itself are left out. Throws a SourceError for everything but
 * a successful answer. `where` names the URL without credentials.
 */
export function readEnvelope(
  { json, text, headers }: Pick<Answer<unknown>, 'json' | 'text' | 'headers'>,
  status: number,
  where: string,
): string[] {
  const remedy = status >= 500 ? IN_TROUBLE : NOT_PROMETHEUS;
  if (text.trim() === '') throw bad(`${where} answered ${status} with nothing`, remedy, status);
  if (json === undefined) {
    const isPage = /^\s*</.test(text);
    const what = isPage ? 'HTML instead of JSON' : 'something that is not JSON, or only half of it';
    // What refuses in plain words is no store, and says best itself what it lacks.
    const said = status >= 400 && !isPage ? `: ${wordsOf({ json, text, headers })}` : ` with ${what}`;
    const path = WRONG_PATH.test(text) ? BASE_PATH : remedy;
    throw bad(`${where} answered ${status}${said}`, path, status);
  }
  const envelope = json as Envelope | null;
  if (envelope?.status === 'error')
    throw refusedQuery(String(envelope.errorType ?? ''), String(envelope.error ?? ''), status, where);
  const data = envelope?.data;
  // Lists of nothing are null to some of those that are written in Go.
  const isList = Array.isArray(data?.result) || (data?.result === null && data.resultType !== undefined);
  if (envelope?.status !== 'success' || !isList)
    throw bad(`${where} answered ${status} with JSON of another shape`, remedy, status);
  const partial = envelope.isPartial === true ? [IS_PARTIAL] : [];
  return [...toWarnings(envelope.warnings), ...partial, ...toLimits(headers)];
}

const IS_PARTIAL = 'some of the storage nodes of VictoriaMetrics did not answer (isPartial)';

/** M3 says in a header that it has left series out. */
function toLimits(headers: Answer<unknown>['headers']): string[] {
  const limit = headers['m3-results-limited'];
  return limit === undefined ? [] : [`the results are limited: ${String(limit)}`];
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
