// Pages held against those that real proxies printed: the simulator looks like the recording, never the other way round.

import { beforeAll, describe, expect, it } from 'vitest';
import { labelOrders, labelValues, type Page, parsePage, recordedPages } from '../test/page-shape.ts';
import { createCluster } from './cluster.ts';
import { ferryLine } from './scenario/ferry-line.ts';
import { World } from './world.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 12, 0, 0);

/** Labels whose values are names and addresses of a mesh; every other value must be one that a proxy was seen to print. */
const NAMES =
  /^(target_(addr|ip|port)|authority|client_id|server_id|dst_\w+|(srv|authz|route|ratelimit|parent|backend)_(name|namespace|port)|logical|concrete|addr)$/;
/** Of those, which are no names after all. */
const WORDS = /^(dst_control_plane_ns|dst_zone|dst_zone_locality)$/;

/**
 * The recorded mesh had no route of connections: TLS routes are families of their own (linkerd2-proxy 2.17 on), and TCP
 * routes the recorded ones under another name.
 */
const UNRECORDED =
  /outbound_tls_route_|^outbound_tcp_route_\S+ route_(group=gateway\.networking\.k8s\.io|kind=TCPRoute)$/;

const READ_BY_DASHBOARDS = [
  'request_total',
  'response_total',
  'response_latency_ms',
  'tcp_open_total',
  'tcp_open_connections',
  'tcp_close_total',
  'tcp_read_bytes_total',
  'tcp_write_bytes_total',
  'inbound_http_authz_allow_total',
  'inbound_http_authz_deny_total',
  'inbound_http_route_not_found_total',
  'inbound_http_local_ratelimit_total',
  'inbound_tcp_authz_allow_total',
  'inbound_http_errors_total',
  'inbound_http_statuses',
  'outbound_http_errors_total',
  'outbound_http_route_request_statuses',
  'outbound_http_route_backend_response_statuses',
  'outbound_grpc_route_request_statuses',
  'outbound_grpc_route_backend_response_statuses',
  'outbound_http_balancer_endpoints',
  'outbound_tcp_balancer_endpoints',
  'outbound_tcp_route_open',
  'control_response_total',
  'control_identity_cert_expiration_timestamp_seconds',
  'stack_create_total',
  'proxy_build_info',
  'process_start_time_seconds',
];

let world: World;
let ours: Page[];
let recorded: Page[];

function missing(from: Iterable<string>, known: ReadonlySet<string>): string[] {
  return [...new Set(from)].filter((one) => !known.has(one) && !UNRECORDED.test(one)).sort();
}

function pageOf(workload: string): Page {
  const proxy = [...world.proxies.values()].find(({ pod }) => pod.workloadId === workload);
  if (!proxy) throw new Error(`no proxy of ${workload}`);
  return parsePage(proxy.page(NOW_MS));
}

function sum(page: Page, name: string, labels: Record<string, string>): number {
  return page.samples
    .filter((sample) => sample.name === name)
    .filter((sample) =>
      Object.entries(labels).every(([label, value]) =>
        sample.labels.some(([one, text]) => one === label && text === value),
      ),
    )
    .reduce((total, { value }) => total + value, 0);
}

beforeAll(() => {
  world = new World({ cluster: createCluster(ferryLine), seed: 1, startedAtMs: NOW_MS - 300_000 });
  world.advanceTo(NOW_MS);
  ours = [...world.proxies.values()].map((proxy) => parsePage(proxy.page(NOW_MS)));
  recorded = recordedPages();
});

describe('pages of proxies', () => {
  it('have no HELP, TYPE or UNIT line that no proxy prints', () => {
    expect(recorded.length).toBeGreaterThan(20);
    const known = new Set(recorded.flatMap((page) => page.headers));
    expect(
      missing(
        ours.flatMap((page) => page.headers),
        known,
      ),
    ).toEqual([]);
  });

  it('have every family that a dashboard reads', () => {
    expect(missing(READ_BY_DASHBOARDS, new Set(ours.flatMap((page) => page.families)))).toEqual([]);
  });

  it('print families in the order of a proxy, and end as a proxy ends', () => {
    for (const page of ours) {
      expect(page.lastLine).toBe('# EOF');
      for (const real of recorded) {
        const common = new Set(real.families);
        const here = new Set(page.families);
        expect(page.families.filter((family) => common.has(family))).toEqual(
          real.families.filter((family) => here.has(family)),
        );
      }
    }
  });

  it('label each series as a proxy does, in the same order', () => {
    // Not every kind of owner was recorded; where its label stands is the alphabet's matter.
    const owner = /,dst_(daemonset|k8s_job|replicationcontroller)\b/g;
    const own = new Set([...labelOrders(ours)].map((line) => line.replaceAll(owner, '')));
    const known = new Set([...labelOrders(recorded)].map((line) => line.replaceAll(owner, '')));
    for (const line of labelOrders(ours)) {
      const described = line.split(',').filter((label) => label.startsWith('dst_'));
      expect(described).toEqual(described.toSorted());
    }
    expect(missing(own, known)).toEqual([]);
  });

  it('use no value of a label that no proxy prints, names and addresses apart', () => {
    const isCompared = (label: string) => WORDS.test(label) || !NAMES.test(label);
    expect(missing(labelValues(ours, isCompared), labelValues(recorded, isCompared))).toEqual([]);
  });

  it('have histograms that rise to their count', () => {
    for (const { samples } of ours)
      for (const [i, sample] of samples.entries()) {
        const next = samples[i + 1];
        const isBucket = sample.name.endsWith('_bucket') && next?.name === sample.name;
        const le = (one: typeof sample) => one.labels.find(([label]) => label === 'le')?.[1];
        if (isBucket && le(sample) !== '+Inf') expect(next.value).toBeGreaterThanOrEqual(sample.value);
      }
    const web = pageOf('harbour/deployment/web');
    for (const direction of ['inbound', 'outbound'])
      expect(sum(web, 'response_latency_ms_count', { direction })).toBe(
        sum(web, 'response_total', { direction }),
      );
  });
});

describe('what the scenario promises', () => {
  it('counts one call alike on both sides', () => {
    const sent = sum(pageOf('harbour/deployment/gangway'), 'request_total', {
      direction: 'outbound',
      authority: 'web.booking.svc.cluster.local',
    });
    const received = sum(pageOf('booking/deployment/web'), 'request_total', {
      direction: 'inbound',
      client_id: 'gangway.harbour.serviceaccount.identity.linkerd.cluster.local',
    });
    expect(sent).toBeGreaterThan(50);
    expect(received).toBe(sent);
  });

  it('merges two Services of one name under the labels of whichever came first', () => {
    const statuses = pageOf('harbour/deployment/gangway').samples.filter(
      ({ name }) => name === 'outbound_http_route_request_statuses_total',
    );
    const namespaces = statuses.map(
      ({ labels }) => labels.find(([label]) => label === 'parent_namespace')?.[1],
    );
    expect(new Set(namespaces).size).toBe(1);
  });

  it('never lets a call without endpoints into response_total', () => {
    const web = pageOf('harbour/deployment/web');
    expect(sum(web, 'outbound_http_route_request_statuses_total', { error: 'FAIL_FAST' })).toBeGreaterThan(5);
    expect(sum(web, 'outbound_http_route_request_statuses_total', { error: 'LOAD_SHED' })).toBeGreaterThan(0);
    expect(sum(web, 'response_total', { dst_service: 'souvenirs' })).toBe(0);
    expect(sum(web, 'outbound_http_balancer_endpoints', { backend_name: 'souvenirs' })).toBe(0);
  });

  it('keeps what policy refused out of the inbound responses, and shows it to the caller as a success', () => {
    const tickets = pageOf('booking/deployment/tickets');
    const client_id = 'nightly-report.booking.serviceaccount.identity.linkerd.cluster.local';
    expect(sum(tickets, 'inbound_http_authz_deny_total', { client_id })).toBeGreaterThan(20);
    expect(sum(tickets, 'response_total', { client_id })).toBe(0);
    const report = pageOf('booking/job/nightly-report');
    const refused = { direction: 'outbound', status_code: '403' };
    expect(sum(report, 'response_total', { ...refused, classification: 'success' })).toBe(
      sum(report, 'response_total', refused),
    );
  });

  it('leaves a denied egress at zero requests to the address outside', () => {
    const beacon = pageOf('fleet/daemonset/beacon');
    const denied = { route_name: 'http-egress-deny', http_status: '403' };
    expect(sum(beacon, 'outbound_http_route_request_statuses_total', denied)).toBeGreaterThan(20);
    const request = beacon.samples.filter(
      ({ name, labels }) =>
        name === 'request_total' && labels.some(([, value]) => value === '203.0.113.71:80'),
    );
    expect(request.map(({ value }) => value)).toEqual([0]);
  });

  it('connects a pool to a split Service that never gets a request', () => {
    const web = pageOf('harbour/deployment/web');
    const idle = { dst_service: 'timetable' };
    expect(sum(web, 'tcp_open_total', { ...idle, peer: 'dst' })).toBe(1);
    expect(sum(web, 'request_total', idle)).toBe(0);
  });
});
