// Series to which a scrape configuration gives other labels while the proxies go on as before: all of them begin anew, with as
// much as was counted since the proxies started. None of that happened now. Each through a real Prometheus.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrittenSeries } from '../../../../scripts/remote-write.ts';
import { toGraph } from '../../src/mesh/graph.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { accountId, BAD, from, GOOD, secured, to } from '../inputs/mesh-of.ts';
import { scrapes, steady, type WrittenPod, writtenPod } from '../inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from '../inputs/written-store.ts';

type Labels = WrittenSeries['labels'];

const NOW = Math.floor(Date.now() / 1000) - 10;
const CHANGED = NOW - 30;
const OUT = {
  ...{ __name__: 'response_total', direction: 'outbound', authority: 'api.shop:8080', target_ip: '10.1.0.2' },
  ...{ ...to('shop/api'), ...secured('shop/api'), dst_pod: 'api-1' },
};
const IN = {
  ...{ __name__: 'response_total', direction: 'inbound', target_ip: '10.1.0.2', target_port: '8080' },
  ...{ route_name: 'default', tls: 'true', client_id: accountId('web', 'shop') },
};

let store: WrittenStore;
beforeAll(async () => {
  store = await startWrittenStore();
});
afterAll(() => store?.stop());

function pod(workload: string, own: Labels, more: WrittenPod['happenings'] = []): WrittenPod {
  const name = `${workload}-1`;
  return {
    labels: { ...from(`shop/${workload}`), pod: name, instance: name },
    starts: [NOW - 100_000],
    scrapes: scrapes(NOW - 600, NOW, 10),
    happenings: [
      { at: NOW - 9000, labels: { ...own, ...GOOD }, count: 100_000 },
      ...steady({ ...own, ...GOOD }, 10, NOW - 600, NOW),
      ...more,
    ],
  };
}

/** Ten calls a second of web to api, and from then on what `change` makes of their labels. */
async function read(
  cluster: string,
  change: (labels: Labels) => Labels,
  more: WrittenPod['happenings'] = [],
  isKeptSince = false,
): Promise<Mesh> {
  const series = [pod('web', OUT, more), pod('api', IN)].flatMap(writtenPod).flatMap((one) => {
    const labels = { ...one.labels, cluster };
    const samples = [...one.samples];
    const changed = change(labels);
    if (changed === labels) return [{ labels, samples }];
    const before = samples.filter(([at]) => at < CHANGED);
    const after = samples.filter(([at]) => at >= CHANGED);
    const ended = { labels, samples: [...before, [CHANGED, null] as const] };
    return [...(isKeptSince ? [] : [ended]), { labels: changed, samples: after }];
  });
  await store.write(series);
  return store.read(cluster, NOW, 60);
}

function rates(mesh: Mesh) {
  const { edges, nodes } = toGraph(mesh, { namespaces: [], noise: 'hide' });
  const api = nodes.find(({ id }) => id === 'shop/deployment/api');
  return [
    edges.find(({ source }) => source === 'shop/deployment/web')?.http?.rps ?? 0,
    (api?.type === 'workload' ? api.golden?.rps : 0) ?? 0,
  ];
}

const without = (label: string) => (labels: Labels) => {
  const { [label]: dropped, ...rest } = labels;
  return dropped === undefined ? labels : rest;
};
const isOutbound = ({ direction }: Labels) => direction === 'outbound';

describe('series of requests that get other labels', () => {
  it.each<[string, (labels: Labels) => Labels]>([
    ['authority', without('authority')],
    ['dst_pod', without('dst_pod')],
    ['target_ip', without('target_ip')],
    ['team', (labels) => (isOutbound(labels) ? { ...labels, team: 'shop' } : labels)],
  ])('are no new ones, and that is said: %s', async (name, change) => {
    const mesh = await read(`relabelled-${name}`, change);
    for (const rps of rates(mesh)) expect(Math.abs(rps - 10)).toBeLessThan(0.7);
    expect(mesh.diagnoses.map(({ code }) => code)).toContain('labels-changed');
  });

  it('are no new ones either, where a whole side of them is kept since then alone', async () => {
    const kept = { kept: 'yes' };
    const mesh = await read(
      'kept',
      (labels) => (isOutbound(labels) ? { ...labels, ...kept } : labels),
      [],
      true,
    );
    const [edge = 0, api = 0] = rates(mesh);
    // Of the half minute that it is kept.
    expect(edge).toBeGreaterThan(4);
    expect(edge).toBeLessThan(10.7);
    expect(api).toBeCloseTo(10, 0);
    expect(mesh.diagnoses.map(({ code }) => code)).toContain('labels-changed');
  });

  it('are told from those that are new: many calls at once to a workload that was never called', async () => {
    const dst = { ...OUT, ...to('shop/cart'), ...secured('shop/cart'), authority: 'cart.shop:8080' };
    const mesh = await read('burst', (labels) => labels, [
      { at: NOW - 25, labels: { ...dst, ...GOOD }, count: 900 },
      { at: NOW - 25, labels: { ...dst, ...BAD }, count: 90 },
    ]);
    const { edges } = toGraph(mesh, { namespaces: [], noise: 'hide' });
    expect(edges.find(({ target }) => target === 'shop/deployment/cart')?.http).toMatchObject({
      requests: 990,
      failures: 90,
    });
    expect(mesh.diagnoses.map(({ code }) => code)).not.toContain('labels-changed');
  });
});
