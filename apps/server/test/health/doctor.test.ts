// What the doctor says where no switch of the simulator reaches: old samples, a policy, a step that breaks, nothing at all.

import type { Workload } from '@latchwork/shared/workload';
import { describe, expect, it } from 'vitest';
import { toFinding } from '../../src/mesh/findings/finding.ts';
import { toChecks } from '../../src/mesh/health/checks/checks.ts';
import { toDoctor } from '../../src/mesh/health/doctor/doctor.ts';
import { known } from '../../src/sources/told.ts';
import { WORKLOAD } from '../inputs/fake-mesh.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { UNTOLD, viewOf, WELL_MESH } from './health-view-of.ts';

const WEB = 'storefront/deployment/web';

function meshWith(workload: Partial<Workload>) {
  return known({ ...WELL_MESH, workloads: new Map([[WEB, { ...WORKLOAD, id: WEB, ...workload }]]) });
}

describe('toDoctor(view, workload)', () => {
  it('finds nothing wrong with a workload that has numbers', async () => {
    const { cause, words, steps } = toDoctor(await viewOf({ view: { mesh: meshWith({}) } }), WEB);
    expect([cause, words]).toEqual([null, null]);
    expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      ...['reachable ok', 'authorised ok', 'series ok', 'labels ok', 'fresh ok', 'interval ok'],
      ...['runs ok', 'proxy ok', 'allowed ok', 'scraped ok', 'traffic ok', 'http ok'],
    ]);
  });

  it('says that samples are old before it blames the workload', async () => {
    const { cause, steps } = toDoctor(await viewOf({ facts: { age: 300 } }), WEB);
    expect(cause).toMatchObject({ code: 'doctor:stale-data', where: WEB });
    expect(steps.filter(({ state }) => state === 'skipped').map(({ id }) => id)).toContain('traffic');
  });

  it('does not call old what is scraped every five minutes, nor what arrives late', async () => {
    const slow = known({ ...WELL_MESH, intervalSeconds: 300 });
    const late = { code: 'late-samples', what: 'the newest samples are 400 s old: as of then', remedy: 'x' };
    const lateMesh = { ...WELL_MESH, diagnoses: [toFinding(late)] };
    const behind = known(lateMesh);
    for (const [mesh, age] of [
      [slow, 500],
      [behind, 290],
      [behind, null],
    ] as const) {
      const view = await viewOf({ facts: { age }, view: { mesh } });
      expect(toDoctor(view, null).steps.find(({ id }) => id === 'fresh')?.state).toBe('ok');
      expect(toChecks(view).find(({ id }) => id === 'samples-fresh')?.state).toBe(
        mesh === slow ? 'ok' : 'warning',
      );
    }
    const nothingNow = { proxies: known([]), facts: known({ one: () => null, of: () => [] }) };
    const workloads = new Map([[WEB, { ...WORKLOAD, id: WEB }]]);
    const asOfThen = await viewOf({ view: { ...nothingNow, mesh: known({ ...lateMesh, workloads }) } });
    expect(toDoctor(asOfThen, null).cause).toBeNull();
    const ended = await viewOf({ facts: { age: 700 }, view: { mesh: slow } });
    expect(toDoctor(ended, null).cause).toMatchObject({ code: 'doctor:stale-data' });
  });

  it('tells a policy of the mesh from the network', async () => {
    const state = recordedState((kind, items) => {
      if (kind === 'pods')
        for (const { metadata } of items as {
          metadata: { name: string; annotations: Record<string, string> };
        }[])
          if (metadata.name.startsWith('web'))
            metadata.annotations['config.linkerd.io/default-inbound-policy'] = 'deny';
      return items;
    });
    const pods = state.objects.pods.filter(
      ({ meta }) => meta.namespace === 'storefront' && meta.name.startsWith('web'),
    );
    const rows = pods.map(({ meta }) => ['down', { namespace: meta.namespace, pod: meta.name }, 1] as const);
    const denied = toDoctor(await viewOf({ state, rows }), WEB);
    expect(denied.cause).toMatchObject({
      code: 'doctor:scrape-denied',
      command: expect.stringContaining('allow-scrapes --target-namespace storefront'),
    });
    expect(toDoctor(await viewOf({ rows }), WEB).cause).toMatchObject({ code: 'doctor:scrape-fails' });
  });

  it('waits for a second scrape of a store that has just begun', async () => {
    const mesh = known({ ...WELL_MESH, intervalSeconds: null });
    expect(toDoctor(await viewOf({ view: { mesh } }), null)).toMatchObject({ words: 'just begun' });
  });

  it('goes on with the store where Kubernetes says nothing', async () => {
    const view = { state: UNTOLD, inventory: UNTOLD, objects: UNTOLD, mesh: meshWith({ golden: null }) };
    const { cause, steps } = toDoctor(await viewOf({ view }), WEB);
    expect(steps.find(({ id }) => id === 'runs')).toMatchObject({ state: 'unknown', evidence: UNTOLD.why });
    expect(cause).toMatchObject({ code: 'doctor:no-traffic' });
  });

  it('breaks off nothing where a side says what nobody expected', async () => {
    const broken = {
      one: () => {
        throw new Error('never seen');
      },
      of: () => [],
    };
    const { steps } = toDoctor(await viewOf({ view: { facts: known(broken) } }), null);
    expect(steps.find(({ id }) => id === 'fresh')).toMatchObject({ state: 'unknown' });
  });
});
