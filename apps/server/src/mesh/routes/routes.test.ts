import { describe, expect, it } from 'vitest';
import {
  keepRoute,
  keepServiceProfile,
  keepTrafficSplit,
} from '../../sources/kubernetes/watch/keep-policy.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import { routeFinding } from './route-finding.ts';
import { toRouteRows } from './route-rows.ts';
import type { Routing } from './routing.ts';

const SPLIT = {
  metadata: { namespace: 'shop', name: 'catalog-split' },
  spec: {
    parentRefs: [{ group: '', kind: 'Service', name: 'catalog' }],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/quotes' }, method: 'GET' }],
        backendRefs: [
          { name: 'catalog-stable', port: 80, weight: 90 },
          { name: 'catalog-canary', port: 80, weight: 10 },
        ],
      },
    ],
  },
};

function routingOf(object: object, services: readonly string[], kind = 'HTTPRoute'): Routing {
  return {
    routes: [{ kind, group: 'gateway.networking.k8s.io', object: keepRoute(object as never) }],
    ...{ profiles: [], splits: [], servers: [], authorizations: [] },
    services: new Set(services.map((name) => `shop/service/${name}`)),
  };
}
const ALL = ['catalog', 'catalog-stable', 'catalog-canary'];

const PARENT = { parent_kind: 'Service', parent_namespace: 'shop', parent_name: 'catalog', protocol: 'http' };
const OF_SPLIT = {
  ...PARENT,
  route_group: 'gateway.networking.k8s.io',
  route_kind: 'HTTPRoute',
  route_namespace: 'shop',
  route_name: 'catalog-split',
};
const UNMATCHED = { ...PARENT, route_kind: 'default', route_name: 'http', route_namespace: '' };
const to = (name: string) => ({ backend_kind: 'Service', backend_namespace: 'shop', backend_name: name });
const sample = (labels: Labels, value: number): Sample => ({ labels, value });

function rowsOf(answers: MeshAnswers, routing: Routing | null) {
  const rows = toRouteRows(answers, routing);
  return rows.map((row) => row.toRoute(60, routeFinding(row, rows, routing)));
}

describe('toRouteRows(answers, routing)', () => {
  it('has the configured weight beside the observed share', () => {
    const [route] = rowsOf(
      {
        routeRequests: [sample({ ...OF_SPLIT, http_status: '200', error: '' }, 10)],
        routeBackends: [
          sample({ ...OF_SPLIT, ...to('catalog-stable'), http_status: '200', error: '' }, 7),
          sample({ ...OF_SPLIT, ...to('catalog-canary'), http_status: '200', error: '' }, 2),
          sample({ ...OF_SPLIT, ...to('catalog-canary'), http_status: '503', error: '' }, 1),
        ],
      },
      routingOf(SPLIT, ALL),
    );
    expect(route).toMatchObject({
      rule: 0,
      matches: ['GET, path begins with /quotes'],
      finding: null,
      tried: null,
    });
    expect(route?.backends).toMatchObject([
      { target: 'shop/service/catalog-stable', weight: 0.9, share: 0.7, golden: { successRate: 1 } },
      { target: 'shop/service/catalog-canary', weight: 0.1, share: 0.3, golden: { failures: 60 } },
    ]);
  });

  it('counts time-outs, and a client that went away as no failure', () => {
    const [route] = rowsOf(
      {
        routeRequests: [
          sample({ ...OF_SPLIT, http_status: '', error: 'REQUEST_TIMEOUT' }, 1),
          sample({ ...OF_SPLIT, http_status: '200', error: 'UNKNOWN' }, 3),
        ],
      },
      null,
    );
    expect(route).toMatchObject({ timeouts: 1, golden: { rps: 4, successRate: 0.75 } });
  });

  it('takes no number that is none', () => {
    const [route] = rowsOf(
      { routeRequests: [Number.NaN, Number.POSITIVE_INFINITY, -1].map((value) => sample(OF_SPLIT, value)) },
      null,
    );
    expect(route).toMatchObject({ golden: null, timeouts: null });
  });

  it('ties no weight to a backend where a route has several rules', () => {
    const rules = [...SPLIT.spec.rules, ...SPLIT.spec.rules];
    const [route] = rowsOf({}, routingOf({ ...SPLIT, spec: { ...SPLIT.spec, rules } }, ALL));
    expect(route).toMatchObject({ rule: null, backends: [{ weight: null }, { weight: null }] });
  });
});

describe('a route of connections', () => {
  const TCP = {
    metadata: { namespace: 'shop', name: 'catalog-tcp' },
    spec: {
      parentRefs: [{ group: '', kind: 'Service', name: 'catalog' }],
      rules: [{ backendRefs: [{ name: 'catalog-stable', weight: 3 }, { name: 'catalog-canary' }] }],
    },
  };
  const routing = routingOf(TCP, ALL, 'TCPRoute');
  const ofTcp = {
    ...{ ...OF_SPLIT, route_kind: 'TCPRoute', route_name: 'catalog-tcp', protocol: 'tcp', error: '' },
  };

  it('counts those that ended, with weights and no shares', () => {
    const [route] = rowsOf(
      { routeRequests: [sample(ofTcp, 3), sample({ ...ofTcp, error: 'unexpected' }, 1)] },
      routing,
    );
    expect(route).toMatchObject({
      ...{ kind: 'TCPRoute', counts: 'connections', matches: ['every connection'], timeouts: null },
      ...{ golden: { rps: 4, successRate: 0.75, p95Ms: null }, latencyBoundsMs: [], finding: null },
      backends: [
        { target: 'shop/service/catalog-stable', weight: 0.75, share: null },
        { target: 'shop/service/catalog-canary', weight: 0.25, share: null },
      ],
    });
  });

  it('does not say that nobody called where connections stay open', () => {
    expect(rowsOf({ routeRequests: [sample(ofTcp, 0)] }, routing)[0]?.finding?.code).toBe(
      'route-connections-open',
    );
    expect(rowsOf({}, routing)[0]?.finding?.code).toBe('route-parent-not-called');
  });

  it('says of a TLSRoute which hosts it is for', () => {
    const spec = { ...TCP.spec, hostnames: ['bank.example.net'] };
    const [route] = rowsOf({}, routingOf({ ...TCP, spec }, ALL, 'TLSRoute'));
    expect(route).toMatchObject({ counts: 'connections', matches: ['TLS to bank.example.net'] });
  });
});

describe('what divides requests without counting backends', () => {
  const answered = (name: string, value: number, classification = 'success') =>
    sample({ protocol: 'service', dst_namespace: 'shop', dst_service: name, classification }, value);
  const answers: MeshAnswers = {
    routeRequests: [],
    routeBackends: [
      answered('catalog-stable', 6),
      answered('catalog-canary', 1),
      answered('catalog-canary', 1, 'failure'),
    ],
  };
  const seen = [
    { target: 'shop/service/catalog-stable', weight: 0.9, share: 0.75, golden: { rps: 6, successRate: 1 } },
    { target: 'shop/service/catalog-canary', weight: 0.1, share: 0.25, golden: { rps: 2, successRate: 0.5 } },
  ];
  const profile = keepServiceProfile({
    metadata: { namespace: 'shop', name: 'catalog.shop.svc.cluster.local' },
    spec: {
      dstOverrides: [
        { authority: 'catalog-stable.shop.svc.cluster.local:80', weight: '900m' },
        { authority: 'catalog-canary.shop.svc.cluster.local:80', weight: '100m' },
      ],
    },
  });
  const split = keepTrafficSplit({
    metadata: { namespace: 'shop', name: 'catalog-rollout' },
    spec: {
      service: 'catalog.shop.svc.cluster.local',
      backends: [
        { service: 'catalog-stable', weight: 90 },
        { service: 'catalog-canary', weight: 10 },
      ],
    },
  });
  const nothing = {
    ...{ routes: [], profiles: [], splits: [], servers: [], authorizations: [] },
    services: null,
  };

  it('has the shares that the endpoints of each backend answered', () => {
    const [route] = rowsOf(answers, { ...nothing, profiles: [profile] });
    expect(route).toMatchObject({ kind: 'ServiceProfile', name: '[DEFAULT]', backends: seen });
  });

  it('says of a TrafficSplit whether anything carries it out', () => {
    const [alone] = rowsOf(answers, { ...nothing, splits: [split] });
    expect(alone).toMatchObject({ kind: 'TrafficSplit', parent: 'shop/service/catalog', backends: seen });
    expect(alone?.finding).toMatchObject({ code: 'split-not-read', severity: 'info' });
    const [unasked] = rowsOf({ routeRequests: [] }, { ...nothing, splits: [split] });
    expect(unasked?.finding).toMatchObject({ code: 'split-not-read', severity: 'warn' });
    const both = rowsOf(answers, { ...nothing, profiles: [profile], splits: [split] });
    expect(both.map(({ finding }) => finding?.code)).toEqual([expect.anything(), 'split-by-profile']);
  });
});

describe('a ServiceProfile of a consumer’s namespace', () => {
  const profileOf = (namespace: string, spec: object) =>
    keepServiceProfile({ metadata: { namespace, name: 'catalog.shop.svc.cluster.local' }, spec });
  const routesOf = (path: string) => ({ routes: [{ name: 'GET', condition: { pathRegex: path } }] });
  const rowsWith = (profiles: Routing['profiles'], answers: MeshAnswers = { routeRequests: [] }) =>
    rowsOf(answers, { ...routingOf(SPLIT, ALL), routes: [], profiles });

  it('is of that namespace, and for its callers alone', () => {
    const [route] = rowsWith([profileOf('team', routesOf('/a'))]);
    expect(route).toMatchObject({ namespace: 'team', parent: 'shop/service/catalog' });
    expect(route?.finding).toMatchObject({ code: 'route-of-consumer', what: 'No caller of team took it' });
  });

  it('does not say what a route of the Service’s own profile matches, in whatever order they come', () => {
    const both = [profileOf('team', routesOf('/a')), profileOf('shop', routesOf('/b'))];
    for (const profiles of [both, both.toReversed()])
      expect(rowsWith(profiles)).toMatchObject([{ namespace: 'shop', matches: ['path is like /b'] }]);
  });

  it('weighs backends apart from the Service’s own', () => {
    const weights = (stable: string) => ({
      dstOverrides: [
        { authority: 'catalog-stable.shop.svc.cluster.local', weight: stable },
        { authority: 'catalog-canary.shop.svc.cluster.local', weight: '100m' },
      ],
    });
    const rows = rowsWith([profileOf('team', weights('100m')), profileOf('shop', weights('900m'))]);
    expect(rows.map(({ namespace, backends }) => [namespace, backends[0]?.weight])).toEqual([
      ['team', 0.5],
      ['shop', 0.9],
    ]);
  });
});

it('routes of one name and parents of one name in two namespaces are said to be counted as one', () => {
  const other = {
    ...SPLIT,
    metadata: { namespace: 'team', name: 'catalog-split' },
  };
  const routing = routingOf(SPLIT, ALL);
  const object = keepRoute(other as never);
  const both = {
    ...routing,
    services: null,
    routes: [...routing.routes, { kind: 'HTTPRoute', group: 'gateway.networking.k8s.io', object }],
  };
  const requests = { routeRequests: [sample({ ...OF_SPLIT, http_status: '200', error: '' }, 10)] };
  const [mine] = rowsOf(requests, both);
  expect(mine).toMatchObject({
    namespace: 'shop',
    finding: { code: 'route-names-shared', severity: 'info' },
  });
  expect(rowsOf(requests, routing)[0]?.finding).toBeNull();
});

describe('why a route shows nothing', () => {
  const called = { routeRequests: [sample({ ...UNMATCHED, http_status: '200', error: '' }, 5)] };
  const profile = {
    profileResponses: [
      sample(
        {
          of: 'effective',
          dst: 'catalog.shop.svc.cluster.local:80',
          rt_route: 'GET /',
          classification: 'success',
        },
        5,
      ),
    ],
  };
  const findingOf = (answers: MeshAnswers, routing: Routing) =>
    rowsOf(answers, routing).find(({ name }) => name === 'catalog-split')?.finding?.code;

  it.each<[string, MeshAnswers, readonly string[]]>([
    ['route-parent-not-called', {}, ALL],
    ['route-not-matched', called, ALL],
    ['route-overridden-by-profile', profile, ALL],
    ['route-parent-missing', {}, ['catalog-stable', 'catalog-canary']],
    ['route-backend-missing', called, ['catalog', 'catalog-stable']],
  ])('%s', (code, answers, services) => {
    expect(findingOf(answers, routingOf(SPLIT, services))).toBe(code);
  });

  it('claims nothing of Services that it may not list', () => {
    const routing = { ...routingOf(SPLIT, []), services: null };
    expect(findingOf(called, routing)).toBe('route-not-matched');
  });

  const withSpec = (spec: object, metadata: object = {}, status: object = {}) => ({
    metadata: { ...SPLIT.metadata, creationTimestamp: '2026-11-02T00:00:00Z', ...metadata },
    spec: { ...SPLIT.spec, ...spec },
    status,
  });
  const told = (objects: readonly object[], name = 'catalog-split') => {
    const routing = {
      ...routingOf(SPLIT, [...ALL]),
      routes: objects.map((object) => ({ kind: 'HTTPRoute', group: '', object: keepRoute(object as never) })),
    };
    return rowsOf(called, routing).find((route) => route.name === name)?.finding;
  };

  it('says of two routes with the same matches which one counts, and why', () => {
    const older = withSpec({}, { name: 'catalog-old', creationTimestamp: '2026-11-01T00:00:00Z' });
    expect(told([withSpec({}), older])).toMatchObject({
      code: 'route-shadowed',
      what: 'HTTPRoute catalog-old matches the same and is older',
    });
    expect(told([withSpec({}), older], 'catalog-old')?.code).toBe('route-not-matched');
    // Of one age, the first by name.
    expect(told([withSpec({}), withSpec({}, { name: 'a' })])?.code).toBe('route-shadowed');
    expect(told([withSpec({}), withSpec({}, { name: 'z' })])?.code).toBe('route-not-matched');
  });

  it('says that weights of 0 answer nobody', () => {
    const rules = [
      {
        backendRefs: [
          { name: 'catalog-stable', weight: 0 },
          { name: 'catalog-canary', weight: 0 },
        ],
      },
    ];
    expect(told([withSpec({ rules })])).toMatchObject({ code: 'route-weights-zero', severity: 'bad' });
    const one = [
      {
        backendRefs: [
          { name: 'catalog-stable', weight: 0 },
          { name: 'catalog-canary', weight: 1 },
        ],
      },
    ];
    expect(told([withSpec({ rules: one })])?.code).toBe('route-not-matched');
  });

  it('says what Linkerd says of a route that it does not accept', () => {
    const parentRef = { group: 'core', kind: 'Service', namespace: 'shop', name: 'catalog' };
    const refused = {
      type: 'Accepted',
      status: 'False',
      reason: 'NoMatchingParent',
      message: 'no such Service',
    };
    const by = (controllerName: string) => ({
      parents: [{ parentRef, controllerName, conditions: [refused] }],
    });
    expect(told([withSpec({}, {}, by('linkerd.io/policy-controller'))])).toMatchObject({
      code: 'route-not-accepted',
      evidence: 'Its policy controller says: NoMatchingParent: no such Service.',
    });
    expect(told([withSpec({}, {}, by('example.com/ingress'))])?.code).toBe('route-not-matched');
  });

  it('does not look for callers of what no proxy of Linkerd counts, or in all namespaces for a consumer’s', () => {
    const parentRefs = [{ kind: 'Gateway', name: 'ingress' }];
    expect(told([withSpec({ parentRefs })])?.code).toBe('route-of-gateway');
    const other = [{ group: '', kind: 'Service', name: 'catalog', namespace: 'shop' }];
    const rules = [{ backendRefs: [{ name: 'catalog-stable', namespace: 'shop' }] }];
    expect(told([withSpec({ parentRefs: other, rules }, { namespace: 'team' })])).toMatchObject({
      code: 'route-of-consumer',
      what: 'No caller of team took it',
    });
  });
});
