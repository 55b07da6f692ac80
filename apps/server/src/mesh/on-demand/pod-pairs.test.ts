import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { BAD, GOOD, meshOf, PLAIN_OUT, secured, to, WHOLE } from '../../../test/inputs/mesh-of.ts';
import { MOST_PAIRED_NAMESPACES } from '../../sources/prometheus/questions/pod-pairs.ts';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { toPodPairs } from './pod-pairs.ts';

const EDGE = 'shop/deployment/web~shop/deployment/api';
const FRESH = { pairResponses: { state: 'fresh' as const, since: '', message: null } };

function row(pod: string, dstPod: string, rps: number, labels: Labels = {}) {
  const ends = { namespace: 'shop', deployment: 'web', pod, ...to('shop/api'), dst_pod: dstPod };
  return sample({ ...ends, ...secured('shop/api'), ...GOOD, ...labels }, rps);
}

function pairsOf(where: string, rows: ReturnType<typeof row>[], covered: readonly string[] = [where]) {
  const mesh = meshOf({ pairResponses: rows }, { covered: { pairResponses: covered }, parts: FRESH });
  return toPodPairs(mesh, where, WHOLE);
}

describe('the pods behind an edge', () => {
  it('shows the one without mTLS and the one that fails first, each with its counts and its reason', () => {
    const { edges, more, untold } = pairsOf(EDGE, [
      row('web-1', 'api-1', 9),
      row('web-1', 'api-2', 1),
      row('web-1', 'api-2', 1, BAD),
      row('web-2', 'api-1', 0.5, { ...PLAIN_OUT, server_id: '' }),
    ]);
    expect(
      edges.map(({ source, target, http, lock }) => [
        source,
        target,
        http?.requests,
        http?.failures,
        lock.state,
      ]),
    ).toEqual([
      ['shop/pod/web-2', 'shop/pod/api-1', 30, 0, 'plaintext'],
      ['shop/pod/web-1', 'shop/pod/api-2', 120, 60, 'secured'],
      ['shop/pod/web-1', 'shop/pod/api-1', 540, 0, 'secured'],
    ]);
    expect(edges[0]?.lock.reasons).toEqual([{ reason: 'not_provided_by_service_discovery', share: 1 }]);
    expect([more, untold]).toEqual([0, null]);
  });

  it('leaves out the rows of an edge that somebody else looks at, and scrapes', () => {
    const other = row('web-1', 'db-1', 3, { dst_deployment: 'db' });
    const scrape = row('web-1', 'api-1', 3, { target_port: '4191' });
    expect(pairsOf(EDGE, [row('web-1', 'api-1', 1), other, scrape]).edges).toMatchObject([
      { target: 'shop/pod/api-1', http: { rps: 1 } },
    ]);
  });

  it('has the latencies of each pair', () => {
    const bucket = (pod: string, le: string, value: number) => {
      const { labels } = row('web-1', pod, value);
      const { classification: _, ...ends } = labels;
      return sample({ ...ends, le }, value);
    };
    const mesh = meshOf(
      {
        pairResponses: [row('web-1', 'api-1', 10), row('web-1', 'api-2', 10)],
        pairLatency: [
          ...[bucket('api-1', '10', 10), bucket('api-1', '+Inf', 10)],
          ...[bucket('api-2', '10', 0), bucket('api-2', '100', 10), bucket('api-2', '+Inf', 10)],
        ],
      },
      { covered: { pairResponses: [EDGE] } },
    );
    const [slow, quick] = toPodPairs(mesh, EDGE, WHOLE)
      .edges.toSorted((a, b) => (b.http?.p95Ms ?? 0) - (a.http?.p95Ms ?? 0))
      .map(({ target, http }) => [target, Math.round(http?.p95Ms ?? 0)]);
    expect(slow).toEqual(['shop/pod/api-2', 96]);
    expect(quick).toEqual(['shop/pod/api-1', 10]);
  });

  it('tells of TCP which connections are open', () => {
    const ends = { namespace: 'shop', deployment: 'web', pod: 'web-1', ...to('shop/api'), dst_pod: 'api-1' };
    const mesh = meshOf(
      {
        pairConnections: [sample({ ...ends, ...secured('shop/api') }, 4)],
        pairOpen: [sample(ends, 3)],
      },
      { covered: { pairResponses: [EDGE] } },
    );
    expect(toPodPairs(mesh, EDGE, WHOLE).edges).toMatchObject([
      { source: 'shop/pod/web-1', http: null, tcp: { openConnections: 3, securedShare: 1 } },
    ]);
  });

  it('where nobody knows pods of the other end, still says which pod calls', () => {
    const out = 'shop/deployment/web~external:203.0.113.30:443';
    const labels = { namespace: 'shop', deployment: 'web', pod: 'web-1', target_addr: '203.0.113.30:443' };
    expect(pairsOf(out, [sample({ ...labels, ...PLAIN_OUT, ...GOOD }, 2)]).edges).toMatchObject([
      { source: 'shop/pod/web-1', target: 'external:203.0.113.30:443' },
    ]);
  });

  it('of a namespace are all of it, whichever end is there', () => {
    const { edges } = pairsOf('bank', [
      row('web-1', 'api-1', 1),
      row('web-1', 'ledger-1', 1, { dst_namespace: 'bank', dst_deployment: 'ledger' }),
    ]);
    expect(edges.map(({ target }) => target)).toEqual(['bank/pod/ledger-1']);
  });

  it('counts what it does not list', () => {
    const rows = Array.from({ length: 503 }, (_, i) => row(`web-${i}`, 'api-1', 1));
    const { edges, more } = pairsOf(EDGE, rows);
    expect([edges.length, more]).toEqual([500, 3]);
  });
});

describe('pods that are not told', () => {
  it('has no part before the store was asked', () => {
    const value = pairsOf(EDGE, [], []);
    expect([value.untold, value.parts]).toEqual([null, {}]);
  });

  it.each([
    ['unmeshed:shop/deployment/web~shop/deployment/web', /without a proxy count nothing/],
    ['external:identity/ledger.bank~shop/deployment/web', /the caller is known by its identity alone/],
    ['shop/deployment/web~external:egress/shop/all', /went to no pod/],
  ])('says why of %s', (where, why) => {
    expect(pairsOf(where, [], []).untold).toMatch(why);
  });

  it('says that it waits for others where as many are looked at as are asked about', () => {
    const others = Array.from({ length: MOST_PAIRED_NAMESPACES }, (_, i) => `shop-${i}`);
    expect(pairsOf(EDGE, [], others).untold).toMatch(/as many other edges/);
  });
});
