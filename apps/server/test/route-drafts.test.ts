// Drafts of routes from live requests: what is folded, what is proposed, and that the objects are ones that the CRDs take.

import {
  pathRegex,
  type SeenRoute,
  seenRoutes,
  templateText,
} from '@latchwork/figures/routes/path-templates';
import {
  DRAFT_KINDS,
  draftText,
  fitting,
  isSentTo,
  proposalOf,
  usualKind,
} from '@latchwork/figures/routes/route-draft';
import type { TopRow } from '@latchwork/shared/tap/top';
import { type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

function row(method: string, path: string, more: Partial<TopRow> = {}): TopRow {
  const peer = { id: null, label: 'web', namespace: 'shop' };
  return {
    ...{
      key: `${method} ${path}`,
      direction: 'inbound',
      source: peer,
      target: peer,
      method,
      path,
      route: null,
    },
    ...{ authority: 'orders.shop', count: 1, ended: 1, successes: 1, statuses: { 200: 1 } },
    ...{ bestMs: 1, medianMs: 2, p95Ms: null, worstMs: 30, lastMs: 2, lastAt: '2026-11-23T15:47:10Z' },
    lock: { state: 'secured', securedShare: 1, reasons: [] },
    ...more,
  };
}

const placesOf = (route: SeenRoute | undefined) =>
  (route?.parts ?? []).flatMap((part) => ('place' in part ? [part.place] : []));

const ROWS = [
  row('GET', '/orders/17', { count: 8, ended: 8, successes: 7 }),
  row('GET', '/orders/18?full=1', { count: 4, ended: 4, successes: 4, worstMs: 90 }),
  row('GET', '/orders/1b4e28ba-2fa1-11d2-883f-0016d3cca427/lines/3'),
  row('POST', '/orders', { count: 5, ended: 5, successes: 4 }),
  row('GET', '/health'),
];

describe('seenRoutes(rows)', () => {
  it('folds ids, the most requests first', () => {
    expect(seenRoutes(ROWS).map((route) => [route.method, templateText(route), route.count])).toEqual([
      ['GET', '/orders/{id}', 12],
      ['POST', '/orders', 5],
      ['GET', '/health', 1],
      ['GET', '/orders/{id}/lines/{id2}', 1],
    ]);
    expect(seenRoutes(ROWS)[0]?.parts).toEqual([
      { text: 'orders' },
      { folded: ['17', '18'], place: expect.any(String) },
    ]);
  });

  it('folds what has many values in one place, and not what the reader wants to keep', () => {
    const names = ['ann', 'bob', 'cy', 'di', 'ed', 'flo'].map((name) => row('GET', `/people/${name}`));
    expect(seenRoutes(names).map(templateText)).toEqual(['/people/{id}']);
    expect(seenRoutes(names.slice(1))).toHaveLength(5);
    const unfolded = new Set(placesOf(seenRoutes(names)[0]));
    expect(seenRoutes(names, { unfolded })).toHaveLength(6);
  });

  it('keeps ids apart behind a word that has many values, whoever the word names', () => {
    const names = ['ann', 'bob', 'cy', 'di', 'ed', 'flo'];
    const pets = names.flatMap((name) => [1, 2].map((pet) => row('GET', `/people/${name}/pets/${pet}`)));
    expect(seenRoutes(pets).map(templateText)).toEqual(['/people/{id}/pets/{id2}']);
    const [, second = ''] = placesOf(seenRoutes(pets)[0]);
    expect(seenRoutes(pets, { unfolded: new Set([second]) }).map(templateText)).toEqual([
      '/people/{id}/pets/1',
      '/people/{id}/pets/2',
    ]);
  });

  it('takes a time of 0 for a measurement', () => {
    expect(seenRoutes([row('GET', '/fast', { worstMs: 0 })])[0]?.worstMs).toBe(0);
    expect(seenRoutes([row('GET', '/open', { worstMs: null })])[0]?.worstMs).toBeNull();
  });

  it('makes an expression that matches its own paths and no others', () => {
    const [route] = seenRoutes([row('GET', '/a.b/12(3)/x'), row('GET', '/a.b/12(3)/y')]);
    const expression = new RegExp(`^${pathRegex(route as never)}$`);
    expect(expression.test('/a.b/12(3)/x')).toBe(true);
    expect(expression.test('/aXb/12(3)/x')).toBe(false);
    const id = new RegExp(`^${pathRegex(seenRoutes(ROWS)[0] as never)}$`);
    expect([id.test('/orders/99'), id.test('/orders/99/lines')]).toEqual([true, false]);
  });
});

describe('proposalOf(route, kind, all)', () => {
  const all = seenRoutes(ROWS);
  const [read, write, health] = all as [SeenRoute, SeenRoute, SeenRoute];
  const reasonOf = (more: Partial<SeenRoute>) =>
    proposalOf({ ...read, ...more }, 'ServiceProfile', all).reason;

  it('proposes what was measured, and says on what it rests', () => {
    expect(proposalOf(read, 'ServiceProfile', all)).toEqual({
      ...{ timeoutMs: 300, isRetryable: true },
      reason:
        'timeout three times the slowest of 12, 90 ms; retries: 1 of 12 failed, and GET can be repeated',
    });
    const proposal = proposalOf(write, 'ServiceProfile', all);
    expect(proposal).toMatchObject({ timeoutMs: null, isRetryable: false });
    expect(proposal.reason).toMatch(
      /no timeout: 5 seen, 10 would be enough; no retries: 1 of 5 failed, but POST/,
    );
    expect(proposalOf(health, 'ServiceProfile', all).reason).toMatch(/no retries: none failed/);
  });

  it('says why it proposes no timeout although enough were seen', () => {
    expect(reasonOf({ count: 500, worstMs: 25_000 })).toMatch(
      /^no timeout: three times the slowest of 500, 25.0 s, is over 60.0 s;/,
    );
    expect(reasonOf({ count: 500, worstMs: null })).toMatch(/^no timeout: of 500 seen, none was timed;/);
  });

  it('says of an HTTPRoute what its annotations do, which are of all rules', () => {
    expect(proposalOf(read, 'HTTPRoute', all)).toMatchObject({
      isRetryable: false,
      reason: expect.stringMatching(
        /no retries: 1 of 12 failed, but retries are of all rules, and POST may not be repeated$/,
      ),
    });
    const reads = [read, health];
    expect(proposalOf(read, 'HTTPRoute', reads).isRetryable).toBe(true);
    expect(proposalOf(health, 'HTTPRoute', reads)).toMatchObject({
      isRetryable: true,
      reason: expect.stringMatching(/retries: none failed, but they are of all rules, and others did$/),
    });
    expect(proposalOf(health, 'HTTPRoute', [health]).reason).toMatch(/no retries: none failed$/);
  });

  it.each(['ServiceProfile', 'HTTPRoute'] as const)('promises of a %s only what is in its text', (kind) => {
    for (const routes of [all, all.filter(({ method }) => method === 'GET'), [health]]) {
      const isPromised = routes.some((route) => proposalOf(route, kind, routes).isRetryable);
      const text = draftText(kind, { namespace: 'shop', name: 'orders' }, routes);
      expect(/isRetryable: true|retry.linkerd.io/.test(text)).toBe(isPromised);
    }
  });
});

// Small schemas of our own, of what a draft uses: what else the CRDs allow is left out.
const Duration = Type.String({ pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$' });
const Method = Type.Union(
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'].map((word) =>
    Type.Literal(word),
  ),
);
const only = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
const Meta = only({
  name: Type.String({ pattern: '^[a-z0-9.-]{1,253}$' }),
  namespace: Type.String(),
  annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
});
const ParentRefs = Type.Array(
  only({ group: Type.Literal('core'), kind: Type.Literal('Service'), name: Type.String() }),
  { minItems: 1 },
);
const SCHEMAS: Record<(typeof DRAFT_KINDS)[number], TSchema> = {
  ServiceProfile: only({
    apiVersion: Type.Literal('linkerd.io/v1alpha2'),
    kind: Type.Literal('ServiceProfile'),
    metadata: Meta,
    spec: only({
      routes: Type.Array(
        only({
          name: Type.String(),
          condition: only({ method: Type.String({ pattern: '^[A-Z]+$' }), pathRegex: Type.String() }),
          isRetryable: Type.Optional(Type.Boolean()),
          timeout: Type.Optional(Duration),
        }),
      ),
      retryBudget: Type.Optional(
        only({
          retryRatio: Type.Number({ minimum: 0, maximum: 1 }),
          minRetriesPerSecond: Type.Integer({ minimum: 0 }),
          ttl: Duration,
        }),
      ),
    }),
  }),
  HTTPRoute: only({
    apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
    kind: Type.Literal('HTTPRoute'),
    metadata: Meta,
    spec: only({
      parentRefs: ParentRefs,
      rules: Type.Array(
        only({
          matches: Type.Array(
            only({
              method: Method,
              path: only({
                type: Type.Union([Type.Literal('Exact'), Type.Literal('RegularExpression')]),
                value: Type.String({ maxLength: 1024 }),
              }),
            }),
            { minItems: 1 },
          ),
          timeouts: Type.Optional(only({ request: Duration })),
        }),
        { minItems: 1 },
      ),
    }),
  }),
  GRPCRoute: only({
    apiVersion: Type.Literal('gateway.networking.k8s.io/v1'),
    kind: Type.Literal('GRPCRoute'),
    metadata: Meta,
    spec: only({
      parentRefs: ParentRefs,
      rules: Type.Array(
        only({
          matches: Type.Array(
            only({
              method: only({
                type: Type.Literal('Exact'),
                service: Type.String({ pattern: '^[A-Za-z_][\\w.]*$' }),
                method: Type.String({ pattern: '^[A-Za-z_]\\w*$' }),
              }),
            }),
            { minItems: 1 },
          ),
        }),
        { minItems: 1 },
      ),
    }),
  }),
};

const CALLS = [
  row('POST', '/shop.v1.Payments/Authorize', { statuses: { 'gRPC 0': 3 }, count: 12, ended: 12 }),
  row('POST', '/shop.v1.Payments/Capture', { statuses: { 'gRPC 0': 3 } }),
];

describe('draftText(kind, parent, routes)', () => {
  const parent = { namespace: 'shop', name: 'orders' };
  const seen = seenRoutes([...ROWS, ...CALLS]);

  it.each(DRAFT_KINDS)('is a %s that its schema takes', (kind) => {
    const object: unknown = parse(draftText(kind, parent, fitting(kind, seen)));
    const validator = Compile(SCHEMAS[kind]);
    expect([...(validator.Errors(object)[1] ?? [])]).toEqual([]);
    expect(validator.Check(object)).toBe(true);
  });

  it('says each route once, with what was proposed', () => {
    const profile = parse(draftText('ServiceProfile', parent, seenRoutes(ROWS)));
    expect(profile.metadata.name).toBe('orders.shop.svc.cluster.local');
    expect(profile.spec.routes[0]).toEqual({
      ...{ name: 'GET /orders/{id}', isRetryable: true, timeout: '300ms' },
      condition: { method: 'GET', pathRegex: '/orders/[^/]+' },
    });
    expect(profile.spec.routes).toHaveLength(4);
    const route = parse(draftText('HTTPRoute', parent, seenRoutes(ROWS)));
    // One of its rules is a POST: none is retried.
    expect(route.metadata.annotations).toBeUndefined();
    const reads = parse(
      draftText(
        'HTTPRoute',
        parent,
        seenRoutes(ROWS).filter(({ method }) => method === 'GET'),
      ),
    );
    expect(reads.metadata.annotations['retry.linkerd.io/http']).toBe('5xx');
  });

  it('survives names that YAML would read otherwise', () => {
    const odd = seenRoutes([row('GET', '/yes: no #"x"\\n')]);
    expect(parse(draftText('HTTPRoute', parent, odd)).spec.rules[0].matches[0].path.value).toBe('/yes: no ');
  });
});

it('knows whose requests they are, and what they are', () => {
  const parent = { namespace: 'shop', name: 'orders' };
  expect(
    ['orders', 'orders:80', 'orders.shop', 'orders.shop.svc.cluster.local:8080'].every((name) =>
      isSentTo(name, parent),
    ),
  ).toBe(true);
  expect(['orders.attic', 'web.shop', ''].some((name) => isSentTo(name, parent))).toBe(false);
  expect(usualKind(seenRoutes(CALLS))).toBe('GRPCRoute');
  expect(usualKind(seenRoutes([...CALLS, ...ROWS]))).toBe('HTTPRoute');
});
