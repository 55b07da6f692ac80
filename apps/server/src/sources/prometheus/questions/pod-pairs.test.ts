import { describe, expect, it } from 'vitest';
import type { AskScope } from './ask-scope.ts';
import {
  arePairsCounted,
  MOST_PAIRED_NAMESPACES,
  pairConnectionsQuery,
  pairLatenciesAsked,
  pairLatencyQuery,
  pairOpenQuery,
  pairResponsesQuery,
  pairsAsked,
} from './pod-pairs.ts';

const scopeOf = (reach: readonly string[], more: Partial<AskScope> = {}) =>
  ({ matchers: ['cluster="east"'], windowSeconds: 60, sight: 'sum', reach, ...more }) as unknown as AskScope;

const EDGE = 'shop/deployment/web~bank/statefulset/db';

describe('which pod calls which', () => {
  it('is asked of the edge that is looked at alone, by the pods of both ends', () => {
    const text = pairResponsesQuery(scopeOf([EDGE]));
    expect(text).toContain(
      'rate(response_total{direction="outbound",no_tls_reason!="loopback",namespace="shop",deployment="web",dst_namespace="bank",dst_statefulset="db",cluster="east"}[60s])',
    );
    expect(text).toMatch(
      /^sum by \(namespace, deployment, [^)]*extension, pod, dst_namespace, [^)]*dst_pod, target_addr,/,
    );
    expect(text).toMatch(/tls, server_id, no_tls_reason, classification\)/);
  });

  it('of a namespace knows what leaves it, to where ever, and what comes into it, each once', () => {
    const text = pairConnectionsQuery(scopeOf(['shop']));
    expect(text.split('sum by')).toHaveLength(2 * 3 + 1);
    for (const which of [
      'namespace="shop",dst_namespace!=""',
      'namespace="shop",dst_namespace=""',
      'namespace!="shop",dst_namespace="shop"',
    ])
      expect(text).toContain(`,${which},cluster="east"}`);
  });

  it('tells the connections open now from those that carry HTTP', () => {
    const [open = '', pool = ''] = pairOpenQuery(scopeOf([EDGE])).split(' or label_replace(');
    expect(open).toContain('(tcp_open_connections{direction="outbound",peer="dst"');
    expect(pool).toMatch(/^count by .*last_over_time\(request_total\{.*, "pool", "yes", "", ""\)$/);
  });

  it('fits into a question that every store takes, however many look', () => {
    const name = (i: number) => `a-rather-long-name-for-a-namespace-${i}`;
    const edges = Array.from(
      { length: 40 },
      (_, i) => `${name(i)}/deployment/web-of-${i}~${name(i)}/deployment/api-of-${i}`,
    );
    const namespaces = Array.from({ length: 40 }, (_, i) => name(i));
    expect(pairsAsked(namespaces)).toHaveLength(MOST_PAIRED_NAMESPACES);
    for (const wanted of [edges, namespaces])
      for (const query of [pairResponsesQuery, pairConnectionsQuery, pairOpenQuery, pairLatencyQuery])
        expect(query(scopeOf(pairsAsked(wanted))).length).toBeLessThan(15_000);
  });

  it('asks for latencies of edges alone', () => {
    expect(pairLatenciesAsked([EDGE, 'shop'])).toEqual([EDGE]);
    expect(pairLatencyQuery(scopeOf([EDGE], { coarse: false, commonBoundsMs: null }))).toMatch(
      /^sum by \(.*pod,.*dst_pod,.*le\).*response_latency_ms_bucket\{direction="outbound"/,
    );
  });

  it('is asked of the pods that have values which no proxy has', () => {
    expect(pairOpenQuery(scopeOf([EDGE], { sight: 'strange' }))).toMatch(/^count by \(namespace, pod\)/);
  });

  it.each([
    ['shop/cronjob/nightly~shop/service/api', true],
    ['shop/deployment/web~external:203.0.113.30:443', true],
    ['shop/deployment/web~external:remote/west/shop/deployment/api', true],
    ['shop', true],
    ['unmeshed:shop/deployment/web~shop/deployment/web', false],
    ['external:identity/ledger.bank~shop/deployment/web', false],
    ['shop/deployment/web~external:egress/shop/all', false],
    ['*', false],
  ])('of %s is counted by callers: %s', (where, isCounted) => {
    expect(arePairsCounted(where)).toBe(isCounted);
  });
});
