// What is read of Kubernetes when somebody asks: one object of policy, and the events of one workload.

import { describe, expect, it } from 'vitest';
import { createAskedCluster } from '../../src/feeds/asked/asked-cluster.ts';
import type { KubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import { eventsRule, readEvents } from '../../src/sources/kubernetes/asked/asked-events.ts';
import {
  objectRule,
  readAskedObject,
  readLimitsOf,
} from '../../src/sources/kubernetes/asked/asked-object.ts';
import { toGrant } from '../../src/sources/kubernetes/rights/access-grant.ts';
import type { AccessRule } from '../../src/sources/kubernetes/rights/missing-rule.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { fakeCluster } from './fake-cluster.ts';

const ORDERS = { kind: 'authorizationpolicy', namespace: 'shop', name: 'orders' } as const;

function clientWith(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const client = {
    async json(path: string) {
      asked.push(path);
      const answer = answers[path.split('?')[0] ?? ''];
      if (answer !== undefined && typeof answer !== 'number') return answer;
      throw new SourceError({
        source: 'kubernetes',
        kind: 'refused',
        message: 'no',
        status: (answer as number | undefined) ?? 404,
      });
    },
  } as unknown as KubernetesClient;
  return { client, asked };
}

describe('readAskedObject(client, params)', () => {
  const path = '/apis/policy.linkerd.io/v1alpha1/namespaces/shop/authorizationpolicies/orders';
  const policy = {
    apiVersion: 'policy.linkerd.io/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata: {
      name: 'orders',
      namespace: 'shop',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'SECRET' },
      managedFields: [{ manager: 'kubectl' }],
    },
    spec: {
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'orders-http' },
      requiredAuthenticationRefs: [{ kind: 'MeshTLSAuthentication', name: 'callers', namespace: 'other' }],
    },
    status: { conditions: [] },
  };

  it('writes it as YAML without what tools and the API server put there, and says what it names', async () => {
    const told = await readAskedObject(clientWith({ [path]: policy }).client, ORDERS);
    if (told.state !== 'known') throw new Error(told.state);
    expect(told.value.text).toContain('name: orders-http');
    for (const hidden of ['SECRET', 'managedFields', 'annotations', 'status'])
      expect(told.value.text).not.toContain(hidden);
    expect(told.value.names).toEqual([
      { kind: 'meshtlsauthentication', namespace: 'other', name: 'callers' },
      { kind: 'server', namespace: 'shop', name: 'orders-http' },
    ]);
  });

  it('tries older versions, and says that there is none', async () => {
    const { client, asked } = clientWith({});
    expect(await readAskedObject(client, { ...ORDERS, kind: 'server' })).toEqual({ state: 'absent' });
    expect(asked.map((one) => one.split('/')[3])).toEqual(['v1beta3', 'v1beta2', 'v1beta1']);
  });

  it('asks for the HTTPRoute of the group that is meant', async () => {
    const { client, asked } = clientWith({});
    await readAskedObject(client, { ...ORDERS, kind: 'httproute', group: 'gateway.networking.k8s.io' });
    expect(asked[0]).toBe('/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/orders');
  });

  it('finds the rate limits of a Server, and none where they may not be listed', async () => {
    const limits = '/apis/policy.linkerd.io/v1alpha1/namespaces/shop/httplocalratelimitpolicies';
    const limit = (name: string, target: string) => ({
      metadata: { name },
      spec: { targetRef: { name: target } },
    });
    const items = [limit('slow-down', 'orders-http'), limit('other', 'web')];
    const of = { kind: 'server', namespace: 'shop', name: 'orders-http' } as const;
    expect(await readLimitsOf(clientWith({ [limits]: { items } }).client, of)).toEqual([
      { kind: 'httplocalratelimitpolicy', namespace: 'shop', name: 'slow-down' },
    ]);
    expect(await readLimitsOf(clientWith({ [limits]: 403 }).client, of)).toEqual([]);
  });

  it('says which right is missing', async () => {
    const told = await readAskedObject(clientWith({ [path]: 403 }).client, ORDERS);
    expect(told).toMatchObject({
      state: 'untold',
      right: expect.stringContaining('get authorizationpolicies'),
    });
  });
});

describe('toGrant(rules, identity)', () => {
  it('takes away nothing that another manifest granted: each kind has a Role of its own', () => {
    const nameOf = (rule: AccessRule) => /name: (\S+)/.exec(toGrant([rule], null))?.[1];
    expect(nameOf(objectRule({ ...ORDERS, kind: 'server' }))).toBe('latchwork-servers');
    expect(nameOf(objectRule(ORDERS))).toBe('latchwork-authorizationpolicies');
    expect(nameOf(eventsRule('shop'))).toBe('latchwork-events');
    expect(nameOf({ ...eventsRule('shop'), verb: 'get', resource: 'services/proxy' })).toBe('latchwork-read');
  });
});

describe('readEvents(client, involved)', () => {
  it('asks for those of one object, and reads old and new ones', async () => {
    const { client, asked } = clientWith({
      '/api/v1/namespaces/shop/events': {
        items: [
          {
            type: 'Warning',
            reason: 'BackOff',
            message: 'again',
            count: 7,
            lastTimestamp: '2026-11-24T10:00:00Z',
          },
          {
            type: 'Normal',
            reason: 'Started',
            message: 'x'.repeat(2_000),
            eventTime: '2026-11-24T09:00:00.000000Z',
          },
        ],
      },
    });
    const told = await readEvents(client, { kind: 'Pod', namespace: 'shop', name: 'web-1' });
    expect(decodeURIComponent(asked[0] ?? '')).toBe(
      '/api/v1/namespaces/shop/events?limit=50&fieldSelector=involvedObject.kind=Pod,involvedObject.name=web-1',
    );
    if (told.state !== 'known') throw new Error(told.state);
    expect(told.value.map(({ count, isWarning, lastAt }) => [count, isWarning, lastAt])).toEqual([
      [7, true, '2026-11-24T10:00:00Z'],
      [1, false, '2026-11-24T09:00:00.000000Z'],
    ]);
    expect(told.value[1]?.message).toHaveLength(600);
  });
});

describe('createAskedCluster({ cluster, feed })', () => {
  it('asks for the workload itself where nothing else is known of it, newest events first', async () => {
    const cluster = fakeCluster(null);
    const event = { isWarning: true, reason: 'FailedCreate', message: 'quota', count: 1, firstAt: null };
    cluster.readEvents = async () => ({
      state: 'known',
      value: [
        { ...event, lastAt: '2026-11-24T09:00:00Z' },
        { ...event, lastAt: '2026-11-24T10:00:00Z' },
      ],
    });
    const answer = await createAskedCluster({ cluster, feed: null }).events('shop/deployment/web');
    expect(answer).toMatchObject({ asked: 1, all: 1, more: 0, untold: null });
    expect(answer.events.map(({ about, lastAt }) => [about, lastAt])).toEqual([
      ['Deployment/web', '2026-11-24T10:00:00Z'],
      ['Deployment/web', '2026-11-24T09:00:00Z'],
    ]);
  });

  it('names once what an object names twice', async () => {
    const cluster = fakeCluster(null);
    const wanted = { kind: 'meshtlsauthentication', namespace: 'shop', name: 'web' } as const;
    const value = { text: 'kind: AuthorizationPolicy\n', names: [wanted, { ...wanted }] };
    cluster.readAskedObject = async () => ({ state: 'known', value });
    const { related } = await createAskedCluster({ cluster, feed: null }).object(ORDERS);
    expect(related).toEqual([wanted]);
  });

  it('gives the manifest for a right that is missing', async () => {
    const cluster = fakeCluster(null);
    const why = { why: 'may not', remedy: 'grant it', right: 'list events in namespace shop' };
    cluster.readEvents = async () => ({ state: 'untold', ...why });
    const { untold } = await createAskedCluster({ cluster, feed: null }).events('shop/deployment/web');
    expect(untold).toEqual({ ...why, manifest: 'kind: Role\n' });
  });

  it('says that there is no Kubernetes to ask', async () => {
    await expect(createAskedCluster({ cluster: null, feed: null }).object(ORDERS)).rejects.toThrow(
      SourceError,
    );
  });
});
