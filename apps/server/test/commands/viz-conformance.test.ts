// The sample answers that the tests of `linkerd viz` are written with: 123 requests in a minute are 2.05 a second, and so on.
// Where it is something else on purpose, docs/linkerd-viz.md says why.

import type { StatKind } from '@latchwork/shared/stat';
import { describe, expect, it } from 'vitest';
import type { MeshAnswers } from '../../src/mesh/answers.ts';
import { toRouteRows } from '../../src/mesh/routes/route-rows.ts';
import { toRoutes } from '../../src/mesh/routes/routes.ts';
import { toPolicies } from '../../src/mesh/stat/policies.ts';
import { toStat } from '../../src/mesh/stat/stat.ts';
import { rawOf } from '../../src/sources/kubernetes/api/raw.ts';
import { keepServiceProfile } from '../../src/sources/kubernetes/watch/keep-policy.ts';
import type { Labels, Sample } from '../../src/sources/prometheus/sample.ts';
import { meshOf, WHOLE } from '../inputs/mesh-of.ts';

const COUNT = 123;
const RPS = 2.05;

/** What `increase` over a minute was there is a rate here. */
function counted(labels: Labels, count = COUNT): Sample {
  return { labels, value: count / 60 };
}

function stat(answers: MeshAnswers, kind: StatKind) {
  return toStat(meshOf(answers), kind, WHOLE).rows;
}

const KINDS = [
  ['deployment', 'deployment'],
  ['daemonset', 'daemonset'],
  ['statefulset', 'statefulset'],
  ['k8s_job', 'job'],
  ['replicaset', 'replicaset'],
  ['replicationcontroller', 'replicationcontroller'],
  ['cronjob', 'cronjob'],
] as const;

describe('stat', () => {
  it.each(KINDS)('counts 123 responses of a %s as 2.05 a second', (label, kind) => {
    const own = { namespace: 'emojivoto', [label]: 'emoji', pod: 'emoji-1' };
    const [row, ...others] = stat(
      { podResponses: [counted({ ...own, classification: 'success' })] },
      'workload',
    );
    expect(others).toEqual([]);
    expect(row).toMatchObject({ kind, namespace: 'emojivoto', name: 'emoji', meshed: true });
    expect(row?.golden).toMatchObject({ requests: COUNT, failures: 0, successRate: 1 });
    expect(row?.golden?.rps).toBeCloseTo(RPS);
  });

  it('adds the pods of a workload and of a namespace up, and shows each', () => {
    const pod = (name: string, classification: string) =>
      counted({ namespace: 'emojivoto', deployment: 'emoji', pod: name, classification });
    const podResponses = [pod('emoji-1', 'success'), pod('emoji-2', 'success'), pod('emoji-2', 'failure')];
    expect(
      stat({ podResponses }, 'pod').map(({ name, golden }) => [name, golden?.requests, golden?.failures]),
    ).toEqual([
      ['emoji-1', COUNT, 0],
      ['emoji-2', 2 * COUNT, COUNT],
    ]);
    for (const kind of ['workload', 'namespace'] as const) {
      const [row, ...others] = stat({ podResponses }, kind);
      expect(others).toEqual([]);
      expect(row?.golden?.successRate).toBeCloseTo(2 / 3);
      expect(row?.golden?.rps).toBeCloseTo(3 * RPS);
    }
  });

  it('has connections and bytes a second', () => {
    const own = { namespace: 'emojivoto', deployment: 'emoji', pod: 'emoji-1' };
    const podCounts = [
      { labels: { ...own, of: 'open' }, value: COUNT },
      counted({ ...own, of: 'read' }),
      counted({ ...own, of: 'written' }),
    ];
    const [row] = stat({ podCounts }, 'workload');
    expect(row).toMatchObject({
      golden: null,
      refused: 0,
      tcp: { openConnections: COUNT, opensPerSecond: null },
    });
    expect(row?.tcp?.readBytesPerSecond).toBeCloseTo(RPS);
  });

  it('leaves probes and scrapes out, and keeps who has nothing else', () => {
    const own = { namespace: 'emojivoto', deployment: 'emoji', pod: 'emoji-1', classification: 'success' };
    const podResponses = [
      counted({ ...own, route_name: 'probe', tls: 'no_identity' }),
      counted({ ...own, target_port: '4191', tls: 'true' }),
    ];
    expect(stat({ podResponses }, 'workload')).toMatchObject([{ name: 'emoji', golden: null }]);
    const [all] = toStat(meshOf({ podResponses }), 'workload', { ...WHOLE, noise: 'show' }).rows;
    expect(all?.golden?.requests).toBe(2 * COUNT);
  });

  it('keeps Services of one name in two namespaces apart', () => {
    const serviceResponses = ['shop', 'attic'].map((namespace, i) =>
      counted({ dst_namespace: namespace, dst_service: 'web', classification: 'success' }, COUNT * (i + 1)),
    );
    expect(stat({ serviceResponses }, 'service').map(({ id, golden }) => [id, golden?.requests])).toEqual([
      ['attic/service/web', 2 * COUNT],
      ['shop/service/web', COUNT],
    ]);
  });
});

const RULE = {
  ...{
    namespace: 'emojivoto',
    deployment: 'emoji',
    srv_kind: 'server',
    srv_name: 'emoji-grpc',
    srv_port: '8080',
  },
  ...{ route_kind: 'default', route_name: 'default', tls: 'true' },
};
const AUTHORIZED = { ...RULE, authz_kind: 'authorizationpolicy', authz_name: 'emoji-clients' };
const web = 'web.emojivoto.serviceaccount.identity.linkerd.cluster.local';
const bot = 'bot.emojivoto.serviceaccount.identity.linkerd.cluster.local';

describe('policy', () => {
  const answers: MeshAnswers = {
    policyResponses: [counted({ ...AUTHORIZED, client_id: web, classification: 'success' })],
    policyDecisions: [
      counted({ ...AUTHORIZED, client_id: web, decision: 'allowed' }),
      counted({ ...RULE, client_id: bot, decision: 'denied' }, 41),
      counted({ ...RULE, client_id: web, decision: 'rateLimited' }, 6),
      counted(
        { ...RULE, authz_kind: 'default', authz_name: 'audit', client_id: bot, decision: 'allowed' },
        12,
      ),
    ],
  };

  it('authz has what was let in by its authorization, and what was turned away by none', () => {
    const { rows } = toPolicies(meshOf(answers), WHOLE);
    const told = rows.map(({ authorization, decisions, clients }) => ({
      by: authorization?.name ?? null,
      allowed: Math.round(decisions.allowed * 60),
      denied: Math.round(decisions.denied * 60),
      limited: Math.round(decisions.rateLimited * 60),
      audited: Math.round(decisions.audited * 60),
      clients: clients.map(({ identity }) => identity),
    }));
    expect(told).toEqual([
      { by: null, allowed: 0, denied: 41, limited: 6, audited: 0, clients: [bot, web] },
      { by: 'emoji-clients', allowed: COUNT, denied: 0, limited: 0, audited: 0, clients: [web] },
      { by: 'audit', allowed: 12, denied: 0, limited: 0, audited: 12, clients: [bot] },
    ]);
  });

  it('stat of servers and authorizations folds the same rules', () => {
    const [server, ...others] = stat(answers, 'server');
    expect(others).toEqual([]);
    expect(server).toMatchObject({ id: 'emojivoto/server/emoji-grpc', golden: { requests: COUNT } });
    const { allowed = 0, denied = 0 } = server?.decisions ?? {};
    expect(denied / (allowed + denied)).toBeCloseTo(41 / (41 + COUNT + 12));
    expect(stat(answers, 'authorizationpolicy')).toMatchObject([{ name: 'emoji-clients', refused: 0 }]);
    expect(stat(answers, 'route')).toEqual([]);
    expect(stat(answers, 'serverauthorization')).toEqual([]);
  });
});

it('dstOverrides of a ServiceProfile are backends with their weights', () => {
  const profile = keepServiceProfile(
    rawOf({
      metadata: { name: 'books.booksapp.svc.cluster.local', namespace: 'booksapp' },
      spec: {
        dstOverrides: [
          { authority: 'books-v1.booksapp.svc.cluster.local:7002', weight: '900m' },
          { authority: 'books-v2.booksapp.svc.cluster.local:7002', weight: '100m' },
        ],
      },
    }),
  );
  const routing = {
    ...{ routes: [], splits: [], servers: [], authorizations: [], services: null },
    profiles: [profile],
  };
  const [row] = toRouteRows({ routeRequests: [] }, routing).map((each) => each.toRoute(60, null));
  expect(row).toMatchObject({ name: '[DEFAULT]', parent: 'booksapp/service/books' });
  expect(row?.backends.map(({ target, weight }) => [target, weight])).toEqual([
    ['booksapp/service/books-v1', 0.9],
    ['booksapp/service/books-v2', 0.1],
  ]);
});

it('routes: effective and actual, and the rest as [DEFAULT]', () => {
  const dst = 'books.booksapp.svc.cluster.local:7002';
  const profileResponses = [
    counted({ dst, rt_route: '/a', classification: 'success', of: 'effective' }),
    counted({ dst, rt_route: '/a', classification: 'success', of: 'tried' }),
    counted({ dst, rt_route: '/a', classification: 'failure', of: 'tried' }),
    counted({ dst, rt_route: '', classification: 'success', of: 'effective' }),
  ];
  const { routes } = toRoutes(meshOf({ profileResponses, routeRequests: [] }), WHOLE);
  expect(
    routes.map(({ name, parent, golden, tried }) => [name, parent, golden?.requests, tried?.successRate]),
  ).toEqual([
    ['/a', 'booksapp/service/books', COUNT, 0.5],
    ['[DEFAULT]', 'booksapp/service/books', COUNT, undefined],
  ]);
});
