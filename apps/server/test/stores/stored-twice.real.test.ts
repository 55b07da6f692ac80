// Stores that hold the requests of a proxy more than once without looking like it: by a second scrape that keeps little, through
// another Prometheus, or without versions. Each call counts once. Each through a real Prometheus.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { toGraph } from '../../src/mesh/graph.ts';
import { accountId, from, GOOD, secured, to } from '../inputs/mesh-of.ts';
import { scrapes, steady, type WrittenPod, writtenPod } from '../inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from '../inputs/written-store.ts';

const NOW = Math.floor(Date.now() / 1000) - 10;
const OUT = {
  ...{ __name__: 'response_total', direction: 'outbound' },
  ...{ ...to('shop/api'), ...secured('shop/api'), ...GOOD },
};
const IN = {
  ...{ __name__: 'response_total', direction: 'inbound', target_port: '8080', route_name: 'default' },
  ...{ tls: 'true', client_id: accountId('web', 'shop'), ...GOOD },
};
const VERSIONS = ['proxy_build_info', 'process_start_time_seconds'];

let store: WrittenStore;
beforeAll(async () => {
  store = await startWrittenStore();
});
afterAll(() => store?.stop());

function pod(workload: string, own: Readonly<Record<string, string>>): WrittenPod {
  const name = `${workload}-1`;
  return {
    labels: { ...from(`shop/${workload}`), pod: name, instance: `${name}:4191`, job: 'linkerd-proxy' },
    starts: [NOW - 100_000],
    scrapes: scrapes(NOW - 600, NOW, 10),
    happenings: steady(own, 10, NOW - 600, NOW),
  };
}

/** As a Prometheus hands them on that another one scrapes without honor_labels. */
function federated({ labels, ...rest }: WrittenPod): WrittenPod {
  const { namespace = '', pod = '', instance = '', job = '', ...others } = labels;
  const pushed = {
    ...{ exported_namespace: namespace, exported_pod: pod, exported_instance: instance, exported_job: job },
    ...{ namespace: 'monitoring', pod: 'prometheus-0', instance: '10.9.9.9:9090', job: 'federate' },
  };
  return { ...rest, labels: { ...others, ...pushed } };
}

it.each<[string, (pod: WrittenPod) => WrittenPod[]]>([
  [
    'a second scrape keeps requests alone',
    (one) => [one, { ...one, labels: { ...one.labels, job: 'all-pods' }, without: VERSIONS }],
  ],
  ['scraped here, and come through another Prometheus', (one) => [one, federated(one)]],
  [
    'two replicas without versions',
    (one) => ['a', 'b'].map((replica) => ({ ...one, labels: { ...one.labels, replica }, without: VERSIONS })),
  ],
])('counts each call once, and says so: %s', async (name, stored) => {
  const cluster = name.replaceAll(' ', '-');
  const pods = [pod('web', OUT), pod('api', IN)].flatMap(stored);
  await store.write(pods.map((one) => ({ ...one, labels: { ...one.labels, cluster } })).flatMap(writtenPod));
  const mesh = await store.read(cluster, NOW, 60);
  const { nodes, edges } = toGraph(mesh, { namespaces: [], noise: 'hide' });
  const api = nodes.find(({ id }) => id === 'shop/deployment/api');
  expect(edges.map(({ source, http }) => [source, Math.round(http?.rps ?? 0)])).toEqual([
    ['shop/deployment/web', 10],
  ]);
  expect(api?.type === 'workload' ? api.golden?.rps : null).toBeCloseTo(10, 0);
  expect(mesh.diagnoses.map(({ code }) => code)).toContain('stored-twice');
});
