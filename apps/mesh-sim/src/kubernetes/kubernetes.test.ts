// The API server as a client meets it: lists and watches, and everything that can be taken away from them.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KubernetesTestClient, kubernetesClient, type Listed } from '../../test/kubernetes-client.ts';
import { parseOptions } from '../options.ts';
import { type Simulator, startSimulator } from '../simulator.ts';

const PODS = '/api/v1/pods';
const HARBOUR_PODS = '/api/v1/namespaces/harbour/pods';
const REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

interface Status {
  readonly kind: string;
  readonly reason: string;
  readonly message: string;
  readonly code: number;
}

let simulator: Simulator;
let client: KubernetesTestClient;

beforeAll(async () => {
  simulator = await startSimulator(parseOptions([]), Date.now);
  client = kubernetesClient(simulator.urls.kubernetes);
});

afterAll(() => simulator.close());

beforeEach(() => turn('/reset'));

async function turn(path: string): Promise<void> {
  const answer = await fetch(`${simulator.urls.control}${path}`, { method: 'POST' });
  expect(answer.status, await answer.text()).toBe(200);
}

async function list(path: string): Promise<Listed> {
  const { status, body } = await client.get<Listed>(path);
  expect(status).toBe(200);
  return body;
}

function keys({ items }: Listed): string[] {
  return items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}

async function mayI(attributes: object): Promise<boolean> {
  const { status, body } = await client.post<{ status: { allowed: boolean } }>(REVIEW, {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: attributes },
  });
  expect(status).toBe(201);
  return body.status.allowed;
}

function restartWeather(): Promise<void> {
  return turn('/restart/harbour/weather');
}

async function watchFromNow(path = PODS) {
  const { metadata } = await list(path);
  const sign = path.includes('?') ? '&' : '?';
  return client.watch(`${path}${sign}watch=1&resourceVersion=${metadata.resourceVersion}`);
}

describe('a list', () => {
  it('comes in pages that together are the whole', async () => {
    const all = keys(await list(PODS));
    const paged: string[] = [];
    let rest = '';
    do {
      const page = await list(`${PODS}?limit=7${rest}`);
      expect(page.items.length).toBeLessThanOrEqual(7);
      paged.push(...keys(page));
      const token = page.metadata.continue;
      expect(page.metadata.remainingItemCount ?? 0).toBe(all.length - paged.length);
      rest = token ? `&continue=${token}` : '';
    } while (rest);
    expect(paged).toEqual(all);
    expect(keys(await list(`${PODS}?limit=7&resourceVersion=0`))).toEqual(all);
  });

  it('says 410 to who comes for the next page after the past was forgotten', async () => {
    const { metadata } = await list(`${PODS}?limit=3`);
    await turn('/watches?mode=gone');
    const { status, body } = await client.get<Status>(`${PODS}?limit=3&continue=${metadata.continue}`);
    expect(status).toBe(410);
    expect(body).toMatchObject({ kind: 'Status', reason: 'Expired', code: 410 });
    expect(body.message).toContain('continue parameter is too old');
  });

  it('is cut to a namespace, labels and fields', async () => {
    expect(keys(await list(HARBOUR_PODS))).toHaveLength(7);
    const prometheus = await list('/api/v1/namespaces/linkerd-viz/pods?labelSelector=component%3Dprometheus');
    expect(keys(prometheus)).toEqual([expect.stringMatching(/^linkerd-viz\/prometheus-/)]);
    const waiting = await list(`${PODS}?fieldSelector=status.phase%3DPending`);
    expect(keys(waiting)).toEqual([expect.stringMatching(/^fleet\/crew-/)]);
    const wrong = await client.get<Status>(`${PODS}?fieldSelector=spec.colour%3Dred`);
    expect(wrong).toMatchObject({ status: 400, body: { message: 'field label not supported: spec.colour' } });
  });

  it('is the same in every version of a kind', async () => {
    const at = (version: string) => list(`/apis/policy.linkerd.io/${version}/servers`);
    const [current, older] = [await at('v1beta3'), await at('v1beta1')];
    expect(keys(older)).toEqual(keys(current));
    expect(older.apiVersion).toBe('policy.linkerd.io/v1beta1');
    expect(older.items[0]?.apiVersion).toBe('policy.linkerd.io/v1beta1');
    const unknown = await client.get<Status>('/apis/policy.linkerd.io/v1beta9/servers');
    expect(unknown).toMatchObject({
      status: 404,
      body: { message: 'the server could not find the requested resource' },
    });
  });

  it('has single objects, and 404 in the words of Kubernetes', async () => {
    const { body } = await client.get('/api/v1/namespaces/booking/pods/ledger-0');
    expect(body).toMatchObject({ kind: 'Pod', metadata: { name: 'ledger-0', namespace: 'booking' } });
    const missing = await client.get<Status>('/apis/apps/v1/namespaces/booking/deployments/nothing');
    expect(missing).toMatchObject({
      status: 404,
      body: { reason: 'NotFound', message: 'deployments.apps "nothing" not found' },
    });
    // Rights are looked at before anything else, so who may not see a kind does not learn that it is not there.
    expect(await client.get('/apis/nothing.example/v1/things')).toMatchObject({ status: 403 });
  });
});

describe('a watch', () => {
  it('tells of a replaced pod, and of the endpoints behind its Service', async () => {
    const pods = await watchFromNow(HARBOUR_PODS);
    const endpoints = await watchFromNow('/api/v1/endpoints');
    await restartWeather();
    const [gone, made] = [await pods.next(), await pods.next()];
    expect([gone?.type, made?.type]).toEqual(['DELETED', 'ADDED']);
    expect(gone?.object.metadata.name).toMatch(/^weather-/);
    expect(made?.object.metadata.name).toMatch(/^weather-/);
    expect(made?.object.metadata.name).not.toBe(gone?.object.metadata.name);
    expect(await endpoints.next()).toMatchObject({
      type: 'MODIFIED',
      object: { metadata: { name: 'weather' } },
    });
    await turn(`/restart/harbour/${made?.object.metadata.name}?how=container`);
    expect(await pods.next()).toMatchObject({
      type: 'MODIFIED',
      object: { metadata: { uid: made?.object.metadata.uid } },
    });
    pods.close();
    endpoints.close();
  });

  it('goes on from the version where it was dropped', async () => {
    const first = await watchFromNow(HARBOUR_PODS);
    await restartWeather();
    const seen = await first.next();
    await turn('/watches?mode=drop');
    while (await first.next());
    await restartWeather();
    const again = await client.watch(
      `${HARBOUR_PODS}?watch=1&resourceVersion=${seen?.object.metadata.resourceVersion}`,
    );
    const types = [await again.next(), await again.next(), await again.next()].map((event) => event?.type);
    expect(types).toEqual(['ADDED', 'DELETED', 'ADDED']);
    again.close();
  });

  it('says 410 within the stream to who comes back from a forgotten past', async () => {
    const { metadata } = await list(PODS);
    await turn('/watches?mode=gone');
    const watch = await client.watch(`${PODS}?watch=1&resourceVersion=${metadata.resourceVersion}`);
    expect(watch.status).toBe(200);
    expect(await watch.next()).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired', message: /^too old resource version/ },
    });
    expect(await watch.next()).toBeNull();
  });

  it('is silent while it hangs, and tells then what happened meanwhile', async () => {
    const watch = await watchFromNow(HARBOUR_PODS);
    await turn('/watches?mode=hang');
    await restartWeather();
    const next = watch.next();
    const silence = new Promise((resolve) => setTimeout(resolve, 100, 'silence'));
    expect(await Promise.race([next, silence])).toBe('silence');
    await turn('/watches?mode=ok');
    expect(await next).toMatchObject({ type: 'DELETED' });
    watch.close();
  });

  it('begins with what is there when it is given no version, and ends when it was asked to', async () => {
    const watch = await client.watch('/api/v1/namespaces?watch=1&timeoutSeconds=1');
    const names: string[] = [];
    for (let event = await watch.next(); event; event = await watch.next()) {
      expect(event.type).toBe('ADDED');
      names.push(event.object.metadata.name);
    }
    expect(names).toEqual(keys(await list('/api/v1/namespaces')).map((key) => key.replace('undefined/', '')));
  });

  it('shows a part, and calls it the end when something leaves that part', async () => {
    const one = `${PODS}?fieldSelector=metadata.name%3Dledger-0`;
    const watch = await watchFromNow(one);
    await restartWeather();
    await turn('/restart/booking/ledger-0');
    const [gone, made] = [await watch.next(), await watch.next()];
    expect([gone?.type, made?.type]).toEqual(['DELETED', 'ADDED']);
    expect(made?.object.metadata.uid).not.toBe(gone?.object.metadata.uid);
    watch.close();
  });
});

describe('rights', () => {
  it('are asked for each verb, and name what is missing', async () => {
    const watch = await watchFromNow();
    await turn('/rights?deny=pods&verb=watch');
    expect(await watch.next()).toBeNull();
    expect(keys(await list(PODS)).length).toBeGreaterThan(20);
    const refused = await client.get<Status>(`${PODS}?watch=1`);
    expect(refused).toMatchObject({
      status: 403,
      body: {
        reason: 'Forbidden',
        message:
          'pods is forbidden: User "viewer@ferryline.example" cannot watch resource "pods" in API group "" at the cluster scope',
      },
    });
    expect(await mayI({ verb: 'watch', resource: 'pods' })).toBe(false);
    expect(await mayI({ verb: 'list', resource: 'pods' })).toBe(true);
    await turn('/rights?allow=pods');
    expect(await mayI({ verb: 'watch', resource: 'pods' })).toBe(true);
  });

  it('can be missing for one group and for one namespace', async () => {
    await turn('/rights?deny=httproutes&group=policy.linkerd.io');
    expect((await client.get('/apis/policy.linkerd.io/v1beta3/httproutes')).status).toBe(403);
    expect((await client.get('/apis/gateway.networking.k8s.io/v1/httproutes')).status).toBe(200);
    await turn('/rights?deny=pods&namespace=yard');
    const { status, body } = await client.get<Status>('/api/v1/namespaces/yard/pods');
    expect(status).toBe(403);
    expect(body.message).toContain('cannot list resource "pods" in API group "" in the namespace "yard"');
    expect((await client.get(HARBOUR_PODS)).status).toBe(200);
  });

  it('never reach Secrets, nor anything that would change the cluster', async () => {
    expect((await client.get('/api/v1/secrets')).status).toBe(403);
    const made = await client.post<Status>(HARBOUR_PODS, {});
    expect(made.body.message).toContain('cannot create resource "pods"');
  });

  it('are listed, and so is who asks', async () => {
    const rules = async () => {
      const { body } = await client.post<{
        status: { resourceRules: { verbs: string[]; resources: string[] }[] };
      }>('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { spec: { namespace: 'harbour' } });
      return body.status.resourceRules.find(({ resources }) => resources.includes('pods'))?.verbs;
    };
    expect(await rules()).toEqual(['get', 'list', 'watch']);
    await turn('/rights?deny=pods&verb=watch');
    expect(await rules()).toEqual(['get', 'list']);
    const me = await client.post('/apis/authentication.k8s.io/v1/selfsubjectreviews', {});
    expect(me.body).toMatchObject({ status: { userInfo: { username: 'viewer@ferryline.example' } } });
  });
});

describe('the whole server', () => {
  it('lets in nobody without a good token', async () => {
    expect(await client.get<Status>(PODS, 'invented')).toMatchObject({
      status: 401,
      body: { reason: 'Unauthorized', message: 'Unauthorized' },
    });
  });

  it('can be away, and comes back', async () => {
    const watch = await watchFromNow();
    await turn('/kubernetes?mode=down');
    expect(await watch.next()).toBeNull();
    await expect(client.get(PODS)).rejects.toThrow();
    await turn('/kubernetes?mode=ok');
    expect((await client.get(PODS)).status).toBe(200);
  });

  it('can be broken', async () => {
    await turn('/kubernetes?mode=500');
    expect(await client.get<Status>(PODS)).toMatchObject({ status: 500, body: { reason: 'InternalError' } });
  });

  it('can grow tired of every credential but new ones', async () => {
    await turn('/kubernetes?mode=expired');
    expect((await client.get(PODS)).status).toBe(401);
    const login = await fetch(`${simulator.urls.control}/token`, { method: 'POST' });
    const { token } = (await login.json()) as { token: string };
    expect((await client.get(PODS, token)).status).toBe(200);
    await turn('/kubernetes?mode=expired');
    expect((await client.get(PODS, token)).status).toBe(401);
    await turn('/kubernetes?mode=ok');
    expect((await client.get(PODS)).status).toBe(200);
  });

  it('says which groups and kinds it has', async () => {
    const { body: groups } = await client.get<{
      groups: { name: string; preferredVersion: { version: string } }[];
    }>('/apis');
    const preferred = Object.fromEntries(
      groups.groups.map(({ name, preferredVersion }) => [name, preferredVersion.version]),
    );
    expect(preferred).toMatchObject({
      'policy.linkerd.io': 'v1beta3',
      'gateway.networking.k8s.io': 'v1',
      'tap.linkerd.io': 'v1alpha1',
    });
    for (const [group, version] of Object.entries(preferred)) {
      const { body } = await client.get<{ resources: { name: string }[] }>(`/apis/${group}/${version}`);
      expect(body.resources.length, group).toBeGreaterThan(0);
    }
    expect((await client.get('/version')).body).toMatchObject({ major: '1' });
    expect((await client.get('/api')).body).toEqual({ kind: 'APIVersions', versions: ['v1'] });
    expect((await client.get('/apis/nothing.example')).body).toBe('404 page not found\n');
  });
});
