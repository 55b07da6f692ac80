// By which labels workloads can be grouped, and what each has: from the pods that Kubernetes tells.

import type { Labels } from '@latchwork/shared/labels';
import { describe, expect, it } from 'vitest';
import { toClusterView } from '../src/mesh/cluster/cluster-view.ts';
import { agreedLabels, type LabelsAsk, toWorkloadLabels } from '../src/mesh/inventory/workload-labels.ts';
import { buildTestApp } from './build-test-app.ts';
import { fakeCluster } from './kubernetes/fake-cluster.ts';
import { objectOf, type PodSketch, podOf, stateOf } from './kubernetes/made-up-cluster.ts';
import { recordedState } from './kubernetes/recorded-cluster.ts';

const pod = (name: string, labels: Record<string, string>, more: Partial<PodSketch> = {}): PodSketch => ({
  name,
  labels,
  owner: { kind: 'StatefulSet', name: name.replace(/-\d+$/, '') },
  ...more,
});

function labelsOf(pods: readonly PodSketch[], ask: Partial<LabelsAsk> = {}): Labels {
  const services = [
    objectOf('Service', 'web', {
      metadata: { labels: { team: 'front' } },
      spec: { selector: { app: 'web' } },
    }),
  ];
  const view = toClusterView(stateOf({ pods: pods.map(podOf), services }));
  return toWorkloadLabels(agreedLabels(view.state), view, { label: null, namespaces: new Set(), ...ask });
}

describe('toWorkloadLabels(view, ask)', () => {
  it('counts a label for a workload when all of its pods that run agree', () => {
    const pods = [
      pod('web-0', { team: 'front', tier: 'one' }),
      pod('web-1', { team: 'front', tier: 'two' }),
      pod('web-2', { team: 'back' }, { phase: 'Failed' }),
      pod('web-3', { team: 'back' }, { deleting: true }),
      pod('cart-0', { team: 'front' }),
      pod('done-0', { team: 'back' }, { phase: 'Succeeded' }),
    ];
    const told = labelsOf(pods, { label: 'team' });
    expect(told).toMatchObject({
      labels: [{ name: 'team', values: 2, workloads: 3 }],
      more: 0,
      workloads: 3,
    });
    expect(told.values).toEqual({
      'shop/statefulset/web': 'front',
      'shop/statefulset/cart': 'front',
      'shop/statefulset/done': 'back',
      'shop/service/web': 'front',
    });
    expect(labelsOf(pods, { label: 'tier' }).values).toEqual({});
    expect(labelsOf(pods).values).toEqual({});
  });

  it('leaves out what only tells which pod it is', () => {
    const { labels } = labelsOf(
      [
        pod('web-0', {
          'pod-template-hash': 'abc',
          'rollouts-pod-template-hash': 'abc',
          'controller-revision-hash': 'web-1',
          'pod-template-generation': '1',
          'statefulset.kubernetes.io/pod-name': 'web-0',
          'apps.kubernetes.io/pod-index': '0',
          'batch.kubernetes.io/job-name': 'web',
          'batch.kubernetes.io/job-completion-index': '3',
          'controller-uid': 'x',
          'batch.kubernetes.io/controller-uid': 'x',
          'job-name': 'web',
          'linkerd.io/workload-ns': 'shop',
          'viz.linkerd.io/tap-enabled': 'true',
          empty: '',
          app: 'web',
        }),
      ],
      { label: 'pod-template-hash' },
    );
    expect(labels.map(({ name }) => name)).toEqual(['app']);
  });

  it('names first what puts several workloads together, and no more than sixty', () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`l${i}`, 'x']));
    const pods = ['a', 'b', 'c'].map((name) =>
      pod(`${name}-0`, { ...many, app: name, team: name === 'a' ? 'one' : 'two' }),
    );
    const told = labelsOf(pods);
    expect([told.labels[0]?.name, told.labels.length, told.more]).toEqual(['team', 60, 12]);
  });

  it('tells of the namespaces that were asked for alone', () => {
    const pods = [
      pod('web-0', { team: 'front' }),
      pod('vault-0', { team: 'secret', clearance: 'high' }, { namespace: 'bank' }),
    ];
    const told = labelsOf(pods, { label: 'team', namespaces: new Set(['shop']) });
    expect(JSON.stringify(told)).not.toMatch(/secret|bank|clearance/);
    expect(told).toMatchObject({ workloads: 1, labels: [{ name: 'team', values: 1, workloads: 1 }] });
  });
});

describe('GET /api/labels', () => {
  it('answers the labels of a recorded cluster, and the values of one', async () => {
    const app = await buildTestApp({ fakes: { cluster: fakeCluster(recordedState()) } });
    const answer = await app.inject('/api/labels?label=app');
    expect(answer.statusCode).toBe(200);
    const told = answer.json<Labels>();
    expect(told.labels.map(({ name }) => name)).toContain('app');
    expect(told.values['storefront/deployment/web']).toBe('web');
    expect(told.parts).toMatchObject({ pods: { state: 'fresh' } });
  });

  it('is 502 without Kubernetes, and refuses what is no name of a label', async () => {
    const app = await buildTestApp();
    expect((await app.inject('/api/labels')).statusCode).toBe(502);
    const answer = await app.inject('/api/labels?label=a%20b');
    expect([answer.statusCode, answer.json().field]).toEqual([400, 'label']);
  });
});
