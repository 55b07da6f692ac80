// Stores in which collectors have given families and labels of proxies names of their own, or left the owners out: the mesh is the
// same, and what was read instead is said. Through a real Prometheus.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenSeries } from '../../../../scripts/remote-write.ts';
import { toGraph } from '../../src/mesh/graph.ts';
import { accountId, GOOD, secured } from '../inputs/mesh-of.ts';
import { scrapes, steady, type WrittenPod, writtenPod } from '../inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from '../inputs/written-store.ts';

type Labels = Readonly<Record<string, string>>;

const NOW = Math.floor(Date.now() / 1000) - 10;
const WEB = 'web-6d5f8c7b9-x2x4z';
const LATENCY = { status_code: '200', le: '+Inf' };

let store: WrittenStore;
beforeAll(async () => {
  store = await startWrittenStore();
});
afterAll(() => store?.stop());

function pod(name: string, owner: Labels, counted: Labels): WrittenPod {
  const { __name__: _name, ...labels } = counted;
  return {
    labels: { namespace: 'shop', workload_ns: 'shop', pod: name, instance: `${name}:4191`, ...owner },
    starts: [NOW - 100_000],
    scrapes: scrapes(NOW - 120, NOW, 10),
    happenings: [
      ...steady({ ...counted, ...GOOD }, 10, NOW - 120, NOW),
      ...steady({ __name__: 'response_latency_ms_bucket', ...labels, ...LATENCY }, 10, NOW - 120, NOW),
    ],
  };
}

/** A Deployment that calls a StatefulSet. */
const PODS = [
  pod(
    WEB,
    { deployment: 'web' },
    {
      ...{ __name__: 'response_total', direction: 'outbound', target_port: '5432' },
      ...{ dst_namespace: 'shop', dst_statefulset: 'db', dst_pod: 'db-0', dst_service: 'db' },
      ...{ dst_control_plane_ns: 'linkerd', ...secured('shop/db') },
    },
  ),
  pod(
    'db-0',
    { statefulset: 'db' },
    {
      ...{ __name__: 'response_total', direction: 'inbound', target_port: '5432', route_name: 'default' },
      ...{ tls: 'true', client_id: accountId('web', 'shop') },
    },
  ),
];

/** What the mesh is read as, where every series has other labels. */
async function readAs(name: string, rename: (labels: Labels) => Labels) {
  const series = PODS.flatMap(writtenPod).map(
    ({ labels, samples }): WrittenSeries => ({ labels: { ...rename(labels), cluster: name }, samples }),
  );
  await store.write(series);
  const mesh = await store.read(name, NOW, 60);
  const { edges, nodes } = toGraph(mesh, { namespaces: [], noise: 'hide' });
  return {
    nodes: nodes.map(({ id }) => id).sort(),
    edges: edges.map(({ source, target, http, lock }) => [
      source,
      target,
      Math.round(http?.rps ?? 0),
      lock.state,
    ]),
    told: Object.fromEntries(mesh.diagnoses.map(({ code, what }) => [code, what])),
  };
}

function renaming(names: Labels): (labels: Labels) => Labels {
  return (labels) =>
    Object.fromEntries(Object.entries(labels).map(([name, value]) => [names[name] ?? name, value]));
}

const SAME = {
  nodes: ['shop/deployment/web', 'shop/statefulset/db'],
  edges: [['shop/deployment/web', 'shop/statefulset/db', 10, 'secured']],
};

describe('labels of a scheme that nobody knows', () => {
  it.each([
    ['podNamespace', { namespace: 'podNamespace', pod: 'podName' }],
    ['ns', { namespace: 'ns', pod: 'pod_name' }],
    ['container', { namespace: 'container_namespace', pod: 'container_pod' }],
    ['prefixed', { namespace: 'meta_k8s_namespace', pod: 'meta_k8s_pod', deployment: 'meta_deployment' }],
  ])('are read by what their names tell: %s', async (name, names) => {
    const { told, ...mesh } = await readAs(`scheme-${name}`, renaming(names));
    expect(mesh).toEqual(SAME);
    expect(told['labels-of-another-scheme']).toContain(`${names.namespace} as namespace`);
    expect(told).not.toHaveProperty('missing-labels');
  });

  it('are what the injector says of a pod, where nothing else says its namespace', async () => {
    const { told, ...mesh } = await readAs('injector', ({ namespace: _namespace, ...labels }) => labels);
    expect(mesh).toEqual(SAME);
    expect(told['labels-of-another-scheme']).toContain('workload_ns as namespace');
    expect(told).not.toHaveProperty('namespace-overwritten');
  });

  it('are pushed aside twice by two Prometheus servers', async () => {
    const { told, ...mesh } = await readAs(
      'pushed-twice',
      ({ namespace = '', pod: name = '', ...labels }) => ({
        ...labels,
        ...{ namespace: 'global', pod: 'global-0', exported_namespace: 'monitoring', exported_pod: 'p-0' },
        ...{ exported_exported_namespace: namespace, exported_exported_pod: name },
      }),
    );
    expect(mesh).toEqual(SAME);
    expect(told).toHaveProperty('stored-without-honor-labels');
  });
});

describe('pods whose owners no label names', () => {
  it('are those of what callers call them, and of the template that their names have', async () => {
    const { told, ...mesh } = await readAs(
      'no-owners',
      ({ deployment: _deployment, statefulset: _set, ...labels }) => labels,
    );
    expect(mesh).toEqual(SAME);
    expect(told['no-owner-labels']).toContain('2 pods are stored without an owner');
  });
});

describe('families with a prefix', () => {
  it.each(['linkerd_', 'otel:'])('are read under it: %s', async (prefix) => {
    const { told, ...mesh } = await readAs(`prefix-${prefix}`, ({ __name__: name = '', ...labels }) => ({
      ...labels,
      __name__: `${prefix}${name}`,
    }));
    expect(mesh).toEqual(SAME);
    expect(told['families-prefixed']).toContain(prefix);
  });
});
