// Callers and callees that are all scraped, in a store without the labels that name a callee (`dst_*`): whom calls were for is
// known by identities, by the callees' own counts, and by nobody else.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../src/mesh/graph.ts';
import { accountId } from './inputs/mesh-of.ts';
import type { SampleTarget } from './inputs/sample-target.ts';
import { type ScrapedSamples, scrapeSamples } from './inputs/scraped-samples.ts';

const BUILD = 'proxy_build_info{version="v2.366.0"} 1\n';

function rowOf(family: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${text}"`);
  return `${family}{${pairs.join(',')}} ${value}\n`;
}

function responses(labels: Readonly<Record<string, string>>, value: number): string {
  const ended = { classification: 'success', status_code: '200' };
  return rowOf('request_total', labels, value) + rowOf('response_total', { ...labels, ...ended }, value);
}

/** `front` calls `web` 600 and `api` 300 times a minute, and a database in the clear. */
function mesh(name: string, accountOf: (workload: string) => string, callee: (labels: string) => boolean) {
  const target = (workload: string, text: string): SampleTarget => ({
    id: `${name}-${workload}`.replaceAll(' ', '-'),
    text: BUILD + text,
    labels: { mesh: name, namespace: 'shop', deployment: workload, pod: `${workload}-1` },
  });
  function called(workload: string, perMinute: number): string {
    const labels = {
      ...{ direction: 'outbound', tls: 'true', server_id: accountId(accountOf(workload), 'shop') },
      ...{ dst_namespace: 'shop', dst_deployment: workload, dst_service: workload, dst_pod: `${workload}-1` },
      ...{
        dst_control_plane_ns: 'linkerd',
        target_addr: `10.21.1.${workload.charCodeAt(0)}:8080`,
        target_port: '8080',
      },
    };
    const kept = Object.entries(labels).filter(([label]) => !label.startsWith('dst_') || callee(label));
    const own = Object.fromEntries(kept);
    return responses(own, perMinute) + rowOf('tcp_open_connections', { ...own, peer: 'dst' }, 1);
  }
  function received(perMinute: number): string {
    return responses(
      {
        ...{ direction: 'inbound', tls: 'true', client_id: accountId(accountOf('front'), 'shop') },
        ...{ target_port: '8080', srv_port: '8080', route_name: 'default' },
      },
      perMinute,
    );
  }
  return [
    target('front', called('web', 600) + called('api', 300)),
    target('web', received(600)),
    target('api', received(300)),
  ];
}

const own = (workload: string) => workload;
const none = () => false;
let samples: ScrapedSamples;
beforeAll(async () => {
  samples = await scrapeSamples([
    ...mesh('whole', own, () => true),
    ...mesh('no callees', own, none),
    ...mesh('callees of one account', (workload) => (workload === 'front' ? 'front' : 'default'), none),
    ...mesh('all of one account', () => 'default', none),
    ...mesh('pods alone', own, (label) => label !== 'dst_deployment'),
  ]);
});
afterAll(() => samples?.stop());

async function read(name: string) {
  const graph = toGraph(await samples.read(`mesh="${name}"`), { namespaces: [], noise: 'hide' });
  return {
    rates: Object.fromEntries(
      // Not scraped in the same moment.
      graph.edges.map(({ source, target, http }) => [
        `${source} → ${target}`,
        5 * Math.round((http?.rps ?? 0) / 5),
      ]),
    ),
    graph,
    // These pages have few families.
    labelGaps: graph.diagnoses.filter(({ code }) => code.startsWith('label-')),
  };
}

const FRONT = 'shop/deployment/front';
const RATES = { [`${FRONT} → shop/deployment/api`]: 5, [`${FRONT} → shop/deployment/web`]: 10 };

describe('a store without the labels of callees', () => {
  it('is the same mesh as with them where every workload has an identity of its own', async () => {
    expect((await read('whole')).rates).toEqual(RATES);
    const { rates, graph, labelGaps } = await read('no callees');
    expect(rates).toEqual(RATES);
    expect(labelGaps).toMatchObject([
      {
        ...{ code: 'label-missing:dst_namespace', severity: 'warn' },
        what: expect.stringMatching(/dst_namespace, dst_service, dst_pod .*known by their identity/),
        manifest: expect.stringContaining('dst_'),
      },
    ]);
    for (const edge of graph.edges) {
      expect(edge.lock.state).toBe('secured');
      expect(edge.notes).toEqual([expect.stringContaining('known by its identity')]);
    }
  });

  it('counts each call once where the identity of callees stands for many', async () => {
    const { rates, graph, labelGaps } = await read('callees of one account');
    expect(labelGaps).toMatchObject([{ code: 'label-missing:dst_namespace' }]);
    expect(rates).toEqual(RATES);
    for (const { notes } of graph.edges)
      expect(notes).toEqual([expect.stringContaining('does not say whom this caller called')]);
  });

  it('shows an identity of all between those who call and those who are called', async () => {
    const { rates } = await read('all of one account');
    const all = 'external:identity/default.shop';
    expect(rates).toEqual({
      [`${FRONT} → ${all}`]: 15,
      [`${all} → shop/deployment/api`]: 5,
      [`${all} → shop/deployment/web`]: 10,
    });
  });

  it('knows the owners of pods that count for themselves', async () => {
    const { rates, labelGaps } = await read('pods alone');
    expect(rates).toEqual(RATES);
    expect(labelGaps).toMatchObject([
      { code: 'label-missing:dst_deployment', what: expect.stringMatching(/^calls to 2 pods/) },
    ]);
  });
});
