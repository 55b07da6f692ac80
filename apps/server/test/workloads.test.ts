import { describe, expect, it } from 'vitest';
import { buildTestApp } from './build-test-app.ts';
import { WORKLOAD } from './inputs/fake-mesh.ts';

describe('GET /api/workloads', () => {
  it('answers one row a workload', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/workloads?namespace=shop');
    expect(answer.statusCode).toBe(200);
    expect(answer.json().workloads).toEqual([WORKLOAD]);
  });
});

describe('GET /api/workloads/:namespace/:kind/:name', () => {
  it('answers one workload with its callers and callees', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/workloads/shop/deployment/web?window=2m');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ ...WORKLOAD, callers: [], callees: [] });
  });

  it('is 404 for a workload that nobody knows', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/workloads/shop/deployment/nothing');
    expect(answer.statusCode).toBe(404);
    expect(answer.json().message).toContain('shop/deployment/nothing');
  });

  it('takes a name as long as Kubernetes allows', async () => {
    const app = await buildTestApp();
    const name = `${'a'.repeat(250)}-1`;
    expect((await app.inject(`/api/workloads/shop/pod/${name}`)).json().error).toBe('unknown-workload');
    expect((await app.inject(`/api/workloads/shop/pod/${name}aa`)).json()).toMatchObject({ field: 'name' });
  });

  it.each([
    ['/api/workloads/shop/service/web', 'kind', 'deployment, statefulset'],
    ['/api/workloads/Shop/deployment/web', 'namespace', 'DNS-1123'],
    ['/api/workloads/shop/deployment/web?window=1', 'window', '10s to 24h'],
    ['/api/workloads/shop/deployment/web?namespace=shop', 'namespace', 'window, at, noise'],
  ])('refuses %s', async (url, field, allowed) => {
    const app = await buildTestApp();
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().field).toBe(field);
    expect(answer.json().allowed).toContain(allowed);
  });
});
