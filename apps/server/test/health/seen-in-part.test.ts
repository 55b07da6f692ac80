// Rights in some namespaces alone: what is seen there is judged, and of the rest nothing is said, neither well nor bad.

import { describe, expect, it } from 'vitest';
import { toChecks } from '../../src/mesh/health/checks/checks.ts';
import { toNotAsked } from '../../src/mesh/health/checks/not-asked.ts';
import { toDoctor } from '../../src/mesh/health/doctor/doctor.ts';
import { toInventory } from '../../src/mesh/inventory/inventory.ts';
import { KIND_NAMES } from '../../src/sources/kubernetes/watch/kinds.ts';
import type { KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';
import { known } from '../../src/sources/told.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { viewOf, WELL_MESH } from './health-view-of.ts';
import { recordedApi } from './recorded-health.ts';

const SEEN = 'storefront';

/** The recording as somebody sees it who may look into one namespace. */
function stateOf(change: (kind: string, items: unknown[]) => unknown[] = (_, items) => items) {
  const whole = recordedState((kind, items) =>
    change(
      kind,
      items.filter((item) => {
        const { metadata } = item as { metadata: { name: string; namespace?: string } };
        return (metadata.namespace ?? metadata.name) === SEEN;
      }),
    ),
  );
  const parts = Object.fromEntries(
    KIND_NAMES.map((kind) => [kind, { ...whole.parts[kind], namespaces: [SEEN] }]),
  );
  return { ...whole, parts } as unknown as KubernetesState;
}

async function look(namespaces: readonly string[], state = stateOf()) {
  const { controlPlane, viz } = toInventory(state);
  return viewOf({
    state,
    // Whoever sees one namespace may read nothing in that of Linkerd, which here is not there.
    json: (path) => (path.includes('/namespaces/') ? Promise.reject(absent) : recordedApi()(path)),
    view: {
      namespaces: new Set(namespaces),
      home: controlPlane?.namespace ?? null,
      viz: viz?.namespace ?? null,
    },
  });
}

const { kubernetesError } = await import('../../src/sources/kubernetes/api/kubernetes-error.ts');
const absent = kubernetesError('bad-answer', 'there is none', { status: 404, remedy: 'x' });

async function statesOf(...asked: Parameters<typeof look>) {
  return new Map(toChecks(await look(...asked)).map((check) => [check.id, check]));
}

describe('checks with rights in one namespace', () => {
  it('miss no control plane where nobody could look for it', async () => {
    const checks = await statesOf([SEEN]);
    for (const id of [
      'l5d-existence-ns',
      'l5d-existence-linkerd-config',
      'l5d-existence-sa',
      'l5d-existence-replicasets',
      'l5d-existence-unschedulable-pods',
      'l5d-api-control-ready',
      'l5d-existence-sa/config',
      'l5d-cp-proxy-healthy',
      'l5d-cp-proxy-cli-version',
    ])
      expect([id, checks.get(id)?.state]).toEqual([id, 'unknown']);
    expect(checks.get('l5d-existence-ns')?.finding?.missingRight).toBe(
      'list and watch namespaces in the whole cluster',
    );
    expect(checks.get('l5d-existence-ns')?.evidence).toBe(
      'the identity in use sees no namespace but storefront',
    );
  });

  it('judge what is seen, when that is what is asked about', async () => {
    const checks = await statesOf([SEEN]);
    for (const id of ['l5d-data-plane-exists', 'l5d-data-plane-ready', 'l5d-data-plane-pod-labels'])
      expect([id, checks.get(id)?.state]).toEqual([id, 'ok']);
    expect(checks.get('pods-without-proxy')?.state).toBe('warning');
  });

  it('say of a namespace that nobody may see neither that it is missing nor that it is well', async () => {
    const checks = await statesOf(['legacy']);
    for (const id of ['l5d-data-plane-exists', 'l5d-data-plane-ready', 'pods-without-proxy', 'skipped-ports'])
      expect([id, checks.get(id)?.state]).toEqual([id, 'unknown']);
    expect(checks.get('l5d-data-plane-exists')).toMatchObject({
      evidence: 'the identity in use sees no namespace but storefront',
      finding: { missingRight: 'get namespaces in namespace legacy' },
    });
  });

  it('do not call the whole cluster well, and still tell what is bad in what is seen', async () => {
    const checks = await statesOf([]);
    for (const id of [
      'l5d-cluster-networks-pods/pods',
      'l5d-cluster-networks-pods/services',
      'l5d-extension-namespaces',
      'l5d-data-plane-exists',
      'l5d-data-plane-pod-labels',
      'policy-matches',
    ])
      expect([id, checks.get(id)?.state]).toEqual([id, 'unknown']);
    expect(checks.get('pods-without-proxy')?.state).toBe('warning');
    expect(checks.get('kubernetes-rights')).toMatchObject({
      state: 'ok',
      evidence: expect.stringContaining('of namespace storefront alone'),
    });
  });
});

describe('toNotAsked() with rights in one namespace', () => {
  it('does not call not installed what nobody could see', async () => {
    const view = await look([SEEN]);
    const asked = new Set(toChecks(view).map(({ id }) => id));
    const why = (id: string) => toNotAsked(view, asked).find((one) => one.id === id)?.why;
    expect(why('l5d-viz-ns-exists')).toMatch(/^Whether the viz extension is installed is not known/);
    expect(why('cni-plugin-ready')).toMatch(/is not known: linkerd-config was not read/);
    expect(why('l5d-control-plane-replicas')).toMatch(/is not known: linkerd-config was not read/);
  });
});

describe('toDoctor() with rights in one namespace', () => {
  const mesh = known(WELL_MESH);

  it('does not say that a workload is not there where nobody may look', async () => {
    const { cause, steps } = toDoctor({ ...(await look([])), mesh }, 'fulfilment/deployment/orders');
    expect(steps.find(({ id }) => id === 'runs')).toMatchObject({
      state: 'unknown',
      finding: { missingRight: 'list and watch pods in namespace fulfilment' },
    });
    expect(cause?.code).not.toBe('doctor:not-there');
  });

  it('says so where all is seen, and not where its kind is not', async () => {
    const view = { ...(await look([])), mesh };
    expect(toDoctor(view, 'storefront/deployment/gone').cause?.code).toBe('doctor:not-there');
    const state = stateOf();
    const parts = { ...state.parts, deployments: { ...state.parts.deployments, state: 'denied' as const } };
    const blind = { ...(await look([], { ...state, parts })), mesh };
    expect(toDoctor(blind, 'storefront/deployment/gone').steps.find(({ id }) => id === 'runs')).toMatchObject(
      {
        state: 'unknown',
        finding: { missingRight: 'list and watch deployments.apps in namespace storefront' },
      },
    );
  });
});
