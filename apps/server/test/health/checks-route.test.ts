// GET /api/checks with the recorded cluster behind it, and what /metrics says of it.

import type { Checks } from '@latchwork/shared/health/checks';
import { describe, expect, it } from 'vitest';
import { buildTestApp } from '../build-test-app.ts';
import { fakeCluster } from '../kubernetes/fake-cluster.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { readRecorded } from './recorded-health.ts';

async function appOf() {
  const cluster = { ...fakeCluster(recordedState()), readHealth: () => readRecorded() };
  return buildTestApp({ fakes: { cluster } });
}

describe('GET /api/checks', () => {
  it('answers with what Kubernetes says where no store answers', async () => {
    const app = await appOf();
    const answer = await app.inject('/api/checks');
    expect(answer.statusCode).toBe(200);
    const value = answer.json<Checks>();
    const stateOf = (id: string) => value.checks.find((check) => check.id === id)?.state;
    expect(stateOf('l5d-existence-linkerd-config')).toBe('ok');
    expect(stateOf('prometheus-answers')).toBe('failed');
    expect(stateOf('proxy-certificates')).toBe('unknown');
    expect(value.versions).toMatchObject({ controlPlane: 'edge-26.8.3', kubernetes: 'v1.34.2' });
    expect(value.tap?.restart).toHaveLength(6);
    expect(value.unmeshed?.map(({ workload }) => workload)).toContain('storefront/deployment/cart');
  });

  it('is about the namespaces that are named, and says so of one that is not there', async () => {
    const answer = await (await appOf()).inject('/api/checks?namespace=nowhere');
    const failed = answer.json<Checks>().checks.find(({ id }) => id === 'l5d-data-plane-exists');
    expect(failed).toMatchObject({ state: 'failed', evidence: 'there is no namespace nowhere' });
  });

  it('says of a moment in the past that Kubernetes knows only now', async () => {
    const answer = await (await appOf()).inject('/api/checks?at=2026-11-23T15:58:40Z');
    const told = answer.json<Checks>().checks.find(({ id }) => id === 'l5d-data-plane-ready');
    expect(told).toMatchObject({ state: 'unknown', evidence: 'Kubernetes knows only now' });
  });

  it('leaves the state of each check on /metrics', async () => {
    const app = await appOf();
    expect((await app.inject('/metrics')).body).not.toContain('latchwork_check{');
    await app.inject('/api/checks');
    const { body } = await app.inject('/metrics');
    expect(body).toContain('latchwork_check{id="prometheus-answers",category="metrics",state="failed"} 1');
    expect(body).toContain('latchwork_check{id="prometheus-answers",category="metrics",state="ok"} 0');
  });
});
