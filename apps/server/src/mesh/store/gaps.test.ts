import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { describe, expect, it } from 'vitest';
import { factsOf, sample } from '../../../test/inputs/fake-store.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import { toGaps } from './gaps.ts';
import { toStoreFacts } from './store-facts.ts';
import { toStoredFamilies } from './stored-families.ts';
import { toStoredLabels } from './stored-labels.ts';
import { UNKNOWN_STORE } from './survey.ts';

const SIDED = [
  'request_total',
  'response_total',
  'response_latency_ms_count',
  'tcp_open_total',
  'tcp_open_connections',
  'tcp_read_bytes_total',
  'tcp_write_bytes_total',
];
const OTHERS = [
  'proxy_build_info',
  'inbound_http_authz_allow_total',
  'outbound_http_route_request_statuses_total',
];
const ALL = [
  ...SIDED.flatMap((family) => ['inbound', 'outbound'].map((direction) => row({ family, direction }, 8))),
  ...OTHERS.map((family) => row({ family }, 4)),
];
const BOUNDS = [...PROXY_BOUNDS_MS.map(String), '+Inf'];
const CALLED = row({ has: 'client_id' }, 8);

function row(labels: Record<string, string>, value: number): Sample {
  return sample(labels, value);
}

function buckets(bounds: readonly string[], value = 8): Sample[] {
  return bounds.flatMap((le) => ['inbound', 'outbound'].map((direction) => row({ direction, le }, value)));
}

function gapsOf({
  families = ALL,
  bounds = buckets(BOUNDS),
  labels = [CALLED],
  details = [],
}: {
  families?: readonly Sample[];
  bounds?: readonly Sample[];
  labels?: readonly Sample[];
  details?: readonly Sample[];
}) {
  return toGaps(
    {
      ...UNKNOWN_STORE,
      families: toStoredFamilies(families, bounds),
      labels: toStoredLabels(labels, details),
    },
    toStoreFacts(factsOf(10)),
  );
}

const codes = (found: ReturnType<typeof gapsOf>) => found.map(({ code }) => code);
const without = (name: string, direction?: string) =>
  ALL.filter(({ labels }) => labels['family'] !== name || (direction && labels['direction'] !== direction));

describe('toGaps(survey, facts)', () => {
  it('has nothing to say of a store that holds all, or of one that nobody asked', () => {
    expect(gapsOf({})).toEqual([]);
    expect(toGaps(UNKNOWN_STORE, null)).toEqual([]);
  });

  it('says that a question was refused, and claims nothing (truth rule 20)', () => {
    const [found, ...others] = toGaps({ ...UNKNOWN_STORE, refused: 'too many selectors' }, null);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'store-not-surveyed', what: expect.stringMatching(/too many sel/) });
  });

  it('names a side that is not stored, once', () => {
    const only = (direction: string) =>
      ALL.filter(
        ({ labels }) => labels['direction'] === direction || labels['family']?.startsWith('inbound'),
      );
    const bounds = buckets(BOUNDS).filter(({ labels }) => labels['direction'] === 'inbound');
    expect(codes(gapsOf({ families: only('inbound'), bounds }))).toEqual(['outbound-not-stored']);
    // Nobody is called: there may be nobody who calls.
    expect(gapsOf({ families: only('inbound'), bounds, labels: [] })).toEqual([]);
    const out = buckets(BOUNDS).filter(({ labels }) => labels['direction'] === 'outbound');
    expect(codes(gapsOf({ families: only('outbound'), bounds: out, labels: [] }))).toEqual([
      'inbound-not-stored',
    ]);
  });

  it.each([
    ['request_total', 'outbound', 'not-stored:request_total:outbound'],
    ['response_total', 'outbound', 'not-stored:response_total:outbound'],
    ['response_total', 'inbound', 'not-stored:response_total:inbound'],
    ['tcp_open_total', 'outbound', 'not-stored:tcp_open_total:outbound'],
    ['tcp_open_connections', 'outbound', 'not-stored:tcp_open_connections:outbound'],
    ['tcp_read_bytes_total', 'outbound', 'not-stored:tcp_read_bytes_total:outbound'],
    ['inbound_http_authz_allow_total', undefined, 'not-stored:inbound_http_authz_deny_total'],
    ['outbound_http_route_request_statuses_total', undefined, expect.stringContaining('route_request')],
    ['proxy_build_info', undefined, 'not-stored:proxy_build_info'],
  ])('names the family %s (%s) that is missing, with what mends it', (family, direction, code) => {
    const found = gapsOf({ families: without(family, direction) });
    expect(codes(found)).toEqual([code]);
    expect(found[0]?.manifest).toContain('metric_relabel_configs');
  });

  it('names families that some proxies lack, and says nothing twice of those that none has', () => {
    const lacking = ['tcp_open_total', 'tcp_open_connections'].map((family) =>
      row({ lacking: family, namespace: 'shop' }, 2),
    );
    const [found, ...others] = gapsOf({ families: [...ALL, ...lacking] });
    expect(others).toEqual([]);
    expect(found?.code).toBe('not-stored:tcp_open_total:shop');
    expect(found?.what).toMatch(
      /^2 proxies in shop are stored without tcp_open_total, tcp_open_connections, which others have/,
    );
    const none = row({ lacking: 'response_latency_ms_bucket', namespace: 'shop' }, 2);
    expect(codes(gapsOf({ families: [...ALL, none], bounds: [] }))).toEqual(['latency-not-stored']);
  });

  it('expects no HTTP of a mesh of databases', () => {
    const families = ALL.filter(
      ({ labels }) => labels['direction'] !== 'outbound' || labels['family']?.startsWith('tcp_'),
    ).filter(({ labels }) => !labels['family']?.startsWith('outbound'));
    const bounds = buckets(BOUNDS).filter(({ labels }) => labels['direction'] === 'inbound');
    expect(gapsOf({ families, bounds, labels: [] })).toEqual([]);
  });

  it('names latency buckets that are missing: all, of a side, of some, the last, or single bounds', () => {
    const [none] = gapsOf({ bounds: [] });
    expect(none?.what).toMatch(/^no latency buckets are stored \(response_latency_ms_bucket\): dropped, or/);
    const inbound = buckets(BOUNDS).filter(({ labels }) => labels['direction'] === 'inbound');
    expect(gapsOf({ bounds: inbound })[0]?.what).toMatch(
      /^no outbound latency .* of single edges are unknown/,
    );
    expect(gapsOf({ bounds: buckets(BOUNDS, 5) })[0]?.what).toMatch(/^6 latency histograms have no bucket/);
    expect(gapsOf({ bounds: buckets(BOUNDS.slice(0, -1)) })).toMatchObject([
      { code: 'last-bucket-not-stored', severity: 'info' },
    ]);
    const uncounted = without('response_latency_ms_count');
    expect(gapsOf({ families: uncounted, bounds: buckets(BOUNDS.slice(0, -1)) })).toMatchObject([
      { code: 'last-bucket-not-stored', severity: 'warn' },
    ]);
    const [thin] = gapsOf({ bounds: buckets(['10', '100.0', '1000', '+Inf']) });
    expect(thin?.what).toMatch(/^3 of the proxies' 25 finite latency bounds are stored \(10, 100, 1000 ms\)/);
  });

  it('tells histograms with different bounds, whose sums mean nothing', () => {
    const thin = buckets(['10', '100', '1000', '+Inf'], 8);
    const some = buckets(
      BOUNDS.filter((le) => !['10', '100', '1000', '+Inf'].includes(le)),
      3,
    );
    expect(gapsOf({ bounds: [...thin, ...some] })[0]?.what).toMatch(/from the 3 finite bounds that all have/);
  });

  it('names pods whose labels hide those of the proxy', () => {
    const labels = [CALLED, row({ pushed: 'tls' }, 4), row({ pushed: 'peer' }, 2)];
    const details = ['tls', 'peer'].flatMap((label) => [
      row({ pods: `exported_${label}` }, 1),
      row({ plain: `exported_${label}` }, 9),
      row({ pushed: `exported_${label}`, namespace: 'chain', pod: 'ledger-1' }, 1),
    ]);
    const [found, ...others] = gapsOf({ labels, details });
    expect(others).toEqual([]);
    expect(found?.what).toMatch(/^the labels tls, peer of pods in chain hide those of the proxy.*by peer/);
    expect(found).toMatchObject({ code: 'pod-labels-hide', severity: 'warn', pods: ['chain/ledger-1'] });
    expect(found?.manifest).toContain('labeldrop');
  });

  it('names a federation without honor_labels, which is read all the same', () => {
    const labels = ['namespace', 'pod'].map((label) => row({ pushed: label }, 100));
    const details = ['namespace', 'pod'].map((label) => row({ pods: `exported_${label}` }, 24));
    const [found, ...others] = gapsOf({ labels: [CALLED, ...labels], details });
    expect(others).toEqual([]);
    expect(found?.what).toMatch(/^24 pods came through another Prometheus .*honor_labels: namespace, pod /);
  });

  it.each([
    ...['direction', 'classification', 'pod', 'peer', 'server_id', 'client_id', 'dst_namespace'],
    'target_port',
  ])('names the label %s that no series has', (label) => {
    const labels = [row({ lacks: label }, 30)];
    expect(codes(gapsOf({ labels }))).toEqual([`label-missing:${label}`]);
  });

  it('takes a controller without a client identity, and a call to the outside, for what they are', () => {
    const labels = ['client_id', 'dst_namespace'].flatMap((label) => [
      row({ lacks: label }, 3),
      row({ has: label }, 30),
    ]);
    expect(gapsOf({ labels })).toEqual([]);
  });

  it('says where labels of another scheme are read', () => {
    const labels = [CALLED, row({ other: 'k8s_namespace_name' }, 30), row({ lacks: 'namespace' }, 30)];
    const [found] = gapsOf({ labels });
    expect(found?.what).toContain('k8s_namespace_name as namespace');
  });
});
