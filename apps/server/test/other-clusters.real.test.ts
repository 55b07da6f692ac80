// Callers whose calls reach pods of other clusters, of which a real Prometheus has no series: never the workload of the same name here.

import type { Edge } from '@latchwork/shared/edge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../src/mesh/graph.ts';
import { accountId } from './inputs/mesh-of.ts';
import type { SampleTarget } from './inputs/sample-target.ts';
import { type ScrapedSamples, scrapeSamples } from './inputs/scraped-samples.ts';

const WEB = { namespace: 'shop', deployment: 'web', pod: 'web-1', instance: '10.21.1.2:4191' };
const API = { namespace: 'shop', deployment: 'api', pod: 'api-1', instance: '10.21.1.5:4191' };

interface Call {
  readonly pod: string;
  readonly ip: string;
  readonly service: string;
  readonly perMinute: number;
  readonly failed?: number;
  /** Null: a bare pod. */
  readonly deployment?: string | null;
  readonly isTcp?: boolean;
}

function rowOf(family: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${text}"`);
  return `${family}{${pairs.join(',')}} ${value}\n`;
}

function callOf({ pod, ip, service, perMinute, failed = 0, deployment = 'api', isTcp }: Call) {
  const labels = {
    ...(deployment === null ? {} : { dst_deployment: deployment }),
    direction: 'outbound',
    ...{ tls: 'true', server_id: accountId('api', 'shop'), dst_namespace: 'shop', dst_pod: pod },
    ...{
      dst_service: service,
      dst_control_plane_ns: 'linkerd',
      target_addr: `${ip}:8080`,
      target_port: '8080',
    },
  };
  const responses = (classification: string, status_code: string, value: number) =>
    value === 0 ? '' : rowOf('response_total', { ...labels, classification, status_code }, value);
  const opened = rowOf('tcp_open_total', { ...labels, peer: 'dst' }, perMinute);
  const held = `${rowOf('tcp_open_connections', { ...labels, peer: 'dst' }, 2)}`;
  if (isTcp) return opened + held;
  return [
    ...[opened, held, rowOf('request_total', labels, perMinute)],
    ...[responses('success', '200', perMinute - failed), responses('failure', '503', failed)],
  ].join('');
}

const BUILD = 'proxy_build_info{version="v2.300.0"} 1\n';
const RECEIVED = rowOf(
  'response_total',
  {
    ...{ direction: 'inbound', tls: 'true', client_id: accountId('web', 'shop'), target_port: '8080' },
    ...{ srv_port: '8080', route_name: 'default', classification: 'success', status_code: '200' },
  },
  600,
);

let count = 0;
/** A caller, and the workload that it calls here. */
function mesh(name: string, calls: readonly Call[], isCalleeScraped = true): SampleTarget[] {
  const page = (text: string, labels: Readonly<Record<string, string>>) => ({
    id: `proxy-${count++}`,
    text: BUILD + text,
    labels: { mesh: name, ...labels },
  });
  return [page(calls.map(callOf).join(''), WEB), ...(isCalleeScraped ? [page(RECEIVED, API)] : [])];
}

/** As a proxy printed it that calls a mirrored Service: the gateway is the endpoint. */
function throughGateway(): SampleTarget[] {
  const [caller, callee] = mesh('through a gateway', [here('api')]) as [SampleTarget, SampleTarget];
  const labels = {
    ...{ authority: 'api-west.shop.svc.cluster.local:8080', direction: 'outbound', dst_namespace: 'shop' },
    ...{ dst_service: 'api-west', dst_target_cluster: 'west', dst_target_service: 'api' },
    ...{
      dst_target_service_namespace: 'shop',
      server_id: accountId('linkerd-gateway', 'linkerd-multicluster'),
    },
    ...{ target_addr: '198.51.100.7:4143', target_ip: '198.51.100.7', target_port: '4143', tls: 'true' },
  };
  const text = [
    rowOf('response_total', { ...labels, classification: 'success', status_code: '200' }, 900),
    rowOf('response_total', { ...labels, classification: 'failure', status_code: '503' }, 900),
    rowOf('tcp_open_total', { ...labels, peer: 'dst' }, 1),
  ].join('');
  return [{ ...caller, text: caller.text + text }, callee];
}

const here = (service: string) => ({ pod: 'api-1', ip: '10.21.1.5', service, perMinute: 600 });
const away = (ip: string, service: string, more: Partial<Call> = {}): Call => ({
  ...{ pod: `api-${ip}`, ip, service, perMinute: 1800, failed: 900 },
  ...more,
});

let samples: ScrapedSamples;
beforeAll(async () => {
  samples = await scrapeSamples([
    ...mesh('federated', [here('api-federated'), away('10.22.1.6', 'api-federated')]),
    ...mesh('mirrored', [here('api'), away('10.22.1.6', 'api-west')]),
    ...mesh('three clusters', [
      ...[here('api-federated'), away('10.22.1.6', 'api-federated'), away('10.23.1.6', 'api-federated')],
      away('10.22.1.7', 'api-west', { perMinute: 60, failed: 0 }),
    ]),
    ...mesh('three clusters without a name', [
      ...[here('api-federated'), away('10.22.1.6', 'api-federated'), away('10.23.1.6', 'api-federated')],
    ]),
    ...mesh('one network', [here('api-federated'), away('10.21.9.9', 'api-federated')]),
    ...mesh('of version 6', [
      { ...here('api-federated'), ip: '[fd00:21::5]' },
      away('[fd00:22::6]', 'api-federated'),
    ]),
    ...mesh('a database', [
      ...[here('api-federated'), away('10.22.1.6', 'api-federated', { isTcp: true, perMinute: 60 })],
    ]),
    ...mesh('a bare pod', [
      { ...here('api-federated'), deployment: null },
      away('10.22.1.6', 'api-federated', { deployment: null }),
    ]),
    ...mesh('pods of one name', [
      here('api-federated'),
      { ...away('10.22.1.6', 'api-federated'), pod: 'api-1' },
    ]),
    ...mesh('one store', [here('api-federated'), away('10.22.1.6', 'api-federated')]).map((one) => ({
      ...one,
      labels: { ...one.labels, cluster: 'east' },
    })),
    ...mesh('one store', []).map((one) => ({
      ...one,
      labels: {
        ...one.labels,
        cluster: 'west',
        ...(one.labels['deployment'] === 'api'
          ? { pod: 'api-10.22.1.6', instance: '10.22.1.6:4191' }
          : { pod: 'web-9', instance: '10.22.1.9:4191' }),
      },
    })),
    ...throughGateway(),
    ...mesh('not scraped', [here('api'), { ...here('api'), pod: 'api-2', ip: '10.21.1.6', perMinute: 60 }]),
    ...mesh('nobody scraped', [here('api'), away('10.22.1.6', 'api')], false),
    ...mesh('another in a far network', [
      ...[here('api'), away('10.22.1.6', 'cart', { deployment: 'cart' })],
    ]),
  ]);
});
afterAll(() => samples?.stop());

async function read(name: string) {
  const graph = toGraph(await samples.read(`mesh="${name}"`), { namespaces: [], noise: 'hide' });
  const edges = graph.edges.filter(({ source }) => source === 'shop/deployment/web');
  return { graph, edges: new Map(edges.map((edge) => [edge.target, edge])) };
}

function expectCalls(edge: Edge | undefined, rps: number, successRate: number) {
  expect(Math.abs((edge?.http?.rps ?? 0) - rps)).toBeLessThan(0.1 * rps);
  expect(edge?.http?.successRate).toBeCloseTo(successRate, 1);
}

const LOCAL = 'shop/deployment/api';

describe('calls to pods of other clusters', () => {
  it.each([
    ['federated', 'external:remote/-/shop/deployment/api'],
    ['mirrored', 'external:remote/west/shop/deployment/api'],
    ['one network', 'external:remote/-/shop/deployment/api'],
    ['of version 6', 'external:remote/-/shop/deployment/api'],
    ['pods of one name', 'external:remote/-/shop/deployment/api'],
    ['one store', 'external:remote/west/shop/deployment/api'],
  ])('are told from those to the workload of that name here: %s', async (name, remote) => {
    const { graph, edges } = await read(name);
    expect([...edges.keys()].sort()).toEqual([remote, LOCAL].sort());
    expectCalls(edges.get(LOCAL), 10, 1);
    expectCalls(edges.get(remote), 30, 0.5);
    expect(edges.get(remote)?.notes[0]).toContain('pods of another cluster');
    expect(edges.get(LOCAL)?.notes).toEqual([]);
    expect(graph.nodes.find(({ id }) => id === remote)).toMatchObject({ what: 'remote', name: 'api.shop' });
  });

  it('have the name of a cluster where a mirrored Service tells it of the same network', async () => {
    const { edges } = await read('three clusters');
    expect([...edges.keys()].sort()).toEqual(
      ['external:remote/-/shop/deployment/api', 'external:remote/west/shop/deployment/api', LOCAL].sort(),
    );
    expectCalls(edges.get('external:remote/west/shop/deployment/api'), 31, 0.5);
    expectCalls(edges.get('external:remote/-/shop/deployment/api'), 30, 0.5);
  });

  it('have the name of their network where there are several clusters without one', async () => {
    const { edges } = await read('three clusters without a name');
    expect([...edges.keys()].sort()).toEqual(
      [
        ...['external:remote/10.22.x.x/shop/deployment/api', 'external:remote/10.23.x.x/shop/deployment/api'],
        LOCAL,
      ].sort(),
    );
  });

  it('are of a Service there, where they go through a gateway', async () => {
    const { edges, graph } = await read('through a gateway');
    const remote = 'external:remote/west/shop/service/api';
    expect([...edges.keys()].sort()).toEqual([remote, LOCAL].sort());
    expectCalls(edges.get(remote), 30, 0.5);
    expect(edges.get(remote)).toMatchObject({
      lock: { state: 'secured', serverIds: [accountId('linkerd-gateway', 'linkerd-multicluster')] },
    });
    expect(edges.get(remote)?.notes[0]).toContain('the gateway of cluster west');
    expect(graph.nodes.find(({ id }) => id === remote)).toMatchObject({ what: 'remote', name: 'api.shop' });
  });

  it('may be no requests, and go to pods without an owner', async () => {
    const database = await read('a database');
    expect(database.edges.get('external:remote/-/shop/deployment/api')).toMatchObject({
      http: null,
      tcp: { openConnections: 2 },
      lock: { state: 'secured' },
    });
    expectCalls(database.edges.get(LOCAL), 10, 1);
    const bare = await read('a bare pod');
    expectCalls(bare.edges.get('external:remote/-/shop/pod/api-10.22.1.6'), 30, 0.5);
    expectCalls(bare.edges.get('shop/pod/api-1'), 10, 1);
  });

  it.each([
    ['not scraped', [LOCAL]],
    ['nobody scraped', [LOCAL]],
    ['another in a far network', [LOCAL, 'shop/deployment/cart']],
  ])('are not claimed of pods that may only not be scraped: %s', async (name, targets) => {
    expect([...(await read(name)).edges.keys()].sort()).toEqual(targets);
  });
});
