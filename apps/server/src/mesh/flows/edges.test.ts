import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import {
  BAD,
  calls,
  edgesOf,
  from,
  meshOf,
  PLAIN_IN,
  PLAIN_OUT,
  received,
  secured,
  to,
  WHOLE,
} from '../../../test/inputs/mesh-of.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { toGraph } from '../graph.ts';

const WEB = 'shop/web';
const FRONT = 'shop/front';
const IDS = { source: 'shop/deployment/front', target: 'shop/deployment/web' };

describe('an HTTP edge', () => {
  it('is there when requests moved in the window, and only then (truth rule 3)', () => {
    expect(edgesOf({ outbound: [calls(FRONT, WEB, 2)] })).toMatchObject([{ ...IDS, http: { rps: 2 } }]);
    expect(edgesOf({ outbound: [calls(FRONT, WEB, 0)] })).toEqual([]);
  });

  it('counts as the caller does, attempts; never adds what the callee counts (truth rule 4)', () => {
    const [edge, ...others] = edgesOf({
      outbound: [calls(FRONT, WEB, 2)],
      inbound: [received(WEB, 'shop/front', 1.5)],
    });
    expect(edge?.http?.rps).toBe(2);
    expect(others).toEqual([]);
  });

  it('takes success from classification, not from the status (truth rule 5)', () => {
    const [edge] = edgesOf({
      outbound: [
        calls(FRONT, WEB, 1, { status_code: '403' }),
        calls(FRONT, WEB, 1, { status_code: '429' }),
        calls(FRONT, WEB, 1, { status_code: '200', grpc_status: '14', classification: 'failure' }),
        calls(FRONT, WEB, 1, BAD),
      ],
    });
    expect(edge?.http).toMatchObject({ rps: 4, successRate: 0.5 });
  });

  it('has the numbers of its pool beside it, and its lock from requests alone (truth rule 3)', () => {
    const ends = { ...from(FRONT), ...to(WEB) };
    const [edge] = edgesOf({
      outbound: [calls(FRONT, WEB, 3), calls(FRONT, WEB, 1, { ...PLAIN_OUT, server_id: '' })],
      connections: [sample({ ...ends, ...PLAIN_OUT }, 9), sample({ ...ends, ...secured(WEB) }, 1)],
      open: [sample(ends, 8), sample({ ...ends, pool: 'yes' }, 2)],
      volume: [
        sample({ ...ends, what: 'readBytesPerSecond' }, 100),
        sample({ ...ends, what: 'opensPerSecond' }, 0),
      ],
    });
    expect(edge).toMatchObject({
      http: { securedShare: 0.75 },
      lock: { state: 'mixed', securedShare: 0.75 },
      tcp: {
        openConnections: 8,
        opensPerSecond: 0,
        readBytesPerSecond: 100,
        writeBytesPerSecond: null,
        securedShare: 0.1,
      },
    });
  });

  it('has no numbers where a part was never answered: null, not 0 (truth rule 8)', () => {
    const [edge] = edgesOf({
      outbound: [calls(FRONT, WEB, 3)],
      open: [sample({ ...from(FRONT), ...to(WEB) }, 8)],
      volume: undefined,
      outboundLatency: undefined,
    });
    expect(edge?.tcp).toMatchObject({ openConnections: 8, opensPerSecond: null, readBytesPerSecond: null });
    expect(edge?.http).toMatchObject({ p50Ms: null, p99Ms: null });
  });

  it('of NaN and infinite rates is none', () => {
    expect(edgesOf({ outbound: [calls(FRONT, WEB, Number.NaN), calls(FRONT, WEB, Infinity)] })).toEqual([]);
  });
});

describe('a TCP edge', () => {
  const ends = { ...from(FRONT), ...to(WEB), target_port: '5432' };

  it('is there when a connection lived in the window, with a share of connections (truth rule 3)', () => {
    const [edge] = edgesOf({
      connections: [sample({ ...ends, ...secured(WEB) }, 3), sample({ ...ends, ...PLAIN_OUT }, 1)],
      open: [sample(ends, 2)],
      volume: [sample({ ...ends, what: 'opensPerSecond' }, 0.5)],
    });
    expect(edge).toMatchObject({
      ...IDS,
      http: null,
      tcp: { openConnections: 2, opensPerSecond: 0.5, readBytesPerSecond: null, securedShare: 0.75 },
      lock: { state: 'mixed', securedShare: 0.75 },
    });
  });

  it('adds up what was open at the start of the window and what was opened since', () => {
    const edgeOf = (...connections: Sample[]) => edgesOf({ connections, open: [] })[0];
    const open = (rows: Labels, value: number) => sample({ ...ends, ...rows }, value);
    const opened = (rows: Labels, value: number) => open({ ...rows, lived: 'opened' }, value);
    const held = edgeOf(open(secured(WEB), 2), opened(secured(WEB), 0));
    expect(held).toMatchObject({ tcp: { securedShare: 1 }, lock: { state: 'secured' } });
    const mixed = edgeOf(open(secured(WEB), 2), opened(secured(WEB), 1), opened(PLAIN_OUT, 1));
    expect(mixed?.lock).toMatchObject({ state: 'mixed', securedShare: 0.75 });
    // A gauge under labels that no counter has, as of proxies of 2.3.
    expect(edgeOf(sample({ ...from(FRONT), tls: 'true' }, 1))).toBeUndefined();
  });

  it('younger than the last answer about its connections has no numbers yet (truth rule 8)', () => {
    const [edge] = edgesOf({ connections: [sample({ ...ends, ...secured(WEB) }, 3)] });
    expect(edge?.tcp).toEqual({
      openConnections: null,
      opensPerSecond: null,
      readBytesPerSecond: null,
      writeBytesPerSecond: null,
      securedShare: 1,
    });
  });

  it('is not there for a gauge or a pool alone', () => {
    const connections = [sample({ ...ends, ...secured(WEB) }, 2)];
    const open = [sample(ends, 2), sample({ ...ends, pool: 'yes' }, 1)];
    expect(edgesOf({ open })).toEqual([]);
    expect(edgesOf({ open, connections })).toEqual([]);
  });

  it('is not claimed where nobody said which ports carry HTTP (truth rule 20)', () => {
    const connections = [sample({ ...ends, ...secured(WEB) }, 2)];
    expect(edgesOf({ connections, open: undefined })).toEqual([]);
  });

  it('stays out of the pool numbers of HTTP to the same target', () => {
    const http = { ...ends, target_port: '8080' };
    const [edge] = edgesOf({
      outbound: [calls(FRONT, WEB, 2)],
      connections: [sample({ ...ends, ...PLAIN_OUT }, 3), sample({ ...http, ...secured(WEB) }, 1)],
      open: [sample(ends, 3), sample(http, 1)],
    });
    expect(edge).toMatchObject({ lock: { state: 'secured' }, tcp: { openConnections: 1, securedShare: 1 } });
  });

  it('leaves an idle HTTP pool to the same target out of its numbers', () => {
    const [edge] = edgesOf({
      connections: [sample({ ...ends, ...secured(WEB) }, 1)],
      open: [sample(ends, 1), sample({ ...ends, target_port: '8080' }, 7)],
    });
    expect(edge?.tcp?.openConnections).toBe(1);
  });
});

describe('callers without a proxy', () => {
  it('are one node for each target, from inbound series without identity', () => {
    const [edge] = edgesOf({
      inbound: [received(WEB, '', 2), received(WEB, '', 1, BAD), received(WEB, FRONT, 5)],
      outbound: [calls(FRONT, WEB, 5)],
    }).filter(({ source }) => source.startsWith('unmeshed:'));
    expect(edge).toMatchObject({
      source: 'unmeshed:shop/deployment/web',
      http: { rps: 3, p50Ms: null },
      tcp: null,
      lock: { state: 'plaintext', securedShare: 0, reasons: [{ reason: 'no_tls_from_remote', share: 1 }] },
    });
  });

  it('over TCP are what policy let in without identity; what nobody counts is null', () => {
    const row = { ...from(WEB), target_port: '5432', ...PLAIN_IN, admitted: 'opened' };
    const [edge] = edgesOf({ admitted: [sample(row, 0.1)] });
    expect(edge).toMatchObject({
      source: 'unmeshed:shop/deployment/web',
      http: null,
      tcp: { opensPerSecond: 0.1, openConnections: 0, readBytesPerSecond: null, securedShare: 0 },
      lock: { state: 'plaintext' },
      notes: [expect.stringContaining('TCP probes')],
    });
  });

  it('over TCP are there as long as they hold a connection, however old (truth rule 3)', () => {
    const row = { ...from(WEB), target_port: '5432', ...PLAIN_IN, admitted: 'held' };
    const [edge] = edgesOf({ admitted: [sample(row, 2)] });
    expect(edge).toMatchObject({
      source: 'unmeshed:shop/deployment/web',
      tcp: { opensPerSecond: 0, openConnections: 2, securedShare: 0 },
      lock: { state: 'plaintext', reasons: [{ reason: 'no_tls_from_remote', share: 1 }] },
      notes: [],
    });
  });

  it('of proxies that do not tell probes apart say so', () => {
    const [edge] = edgesOf({ inbound: [received(WEB, '', 2, { route_name: '' })] });
    expect(edge?.notes).toEqual([expect.stringContaining('older than Linkerd 2.12')]);
  });

  it('are not made of series that say nothing about TLS', () => {
    expect(edgesOf({ inbound: [received(WEB, '', 2, { tls: '' })] })).toEqual([]);
  });

  it('with a certificate of nobody are opaque, neither secured nor plaintext (truth rule 1)', () => {
    const [edge] = edgesOf({ inbound: [received(WEB, '', 2, { tls: 'true', client_id: '' })] });
    expect(edge?.lock).toMatchObject({ state: 'opaque', securedShare: 0 });
  });
});

describe('meshed callers that nobody scrapes', () => {
  it('are known by their identity', () => {
    const [edge] = edgesOf({ inbound: [received(WEB, 'prod/batch', 2)] });
    expect(edge).toMatchObject({
      source: 'external:identity/batch.prod',
      target: 'shop/deployment/web',
      http: { rps: 2, securedShare: 1 },
      tcp: null,
      lock: { state: 'secured' },
      notes: [expect.stringContaining('not scraped')],
    });
  });

  it('are the workload that bears the name of their account, where only what arrives is stored', () => {
    const inbound = [
      received(WEB, 'shop/front', 4),
      received(WEB, 'shop/default', 1),
      received(FRONT, '', 0.2, { tls: 'no_identity', client_id: '' }),
    ];
    const graph = toGraph(meshOf({ inbound }), WHOLE);
    const found = graph.edges.map(({ source, target, http, notes }) => [source, target, http?.rps, notes[0]]);
    expect(found).toContainEqual([
      'shop/deployment/front',
      'shop/deployment/web',
      4,
      'counted by the target: the store has no outbound series of this caller',
    ]);
    // Nobody has the name of the account "default".
    expect(found).toContainEqual([
      'external:identity/default.shop',
      'shop/deployment/web',
      1,
      expect.stringContaining('not scraped'),
    ]);
  });

  it('outside of Kubernetes have a SPIFFE id', () => {
    const client = { client_id: 'spiffe://root.linkerd.cluster.local/mainframe' };
    const [edge] = edgesOf({ inbound: [received(WEB, 'x/y', 2, client)] });
    expect(edge).toMatchObject({
      source: 'external:identity/spiffe://root.linkerd.cluster.local/mainframe',
      lock: { state: 'secured', clientIds: [client.client_id] },
    });
  });

  it('are not made up for a namespace that is seen calling, or while callers were not asked', () => {
    const inbound = [received(WEB, 'shop/other', 2)];
    expect(edgesOf({ inbound, outbound: [calls(FRONT, WEB, 2)] }).length).toBe(1);
    expect(edgesOf({ inbound, outbound: undefined })).toEqual([]);
  });

  it('over TCP as well', () => {
    const row = {
      ...from(WEB),
      target_port: '5432',
      ...received(WEB, 'prod/batch', 1).labels,
      admitted: 'opened',
    };
    expect(edgesOf({ admitted: [sample({ ...row, target_port: '5432' }, 0.1)] })).toMatchObject([
      {
        source: 'external:identity/batch.prod',
        http: null,
        tcp: { securedShare: 1 },
        lock: { state: 'secured' },
      },
    ]);
  });
});

describe('a store that keeps only what leaves', () => {
  it('claims nothing of what a workload received or refused', () => {
    const [front, web] = toGraph(meshOf({ outbound: [calls(FRONT, WEB, 2)] }), WHOLE).nodes;
    expect(front).toMatchObject({ meshed: true, golden: null, denied: null });
    expect(web).toMatchObject({ meshed: true, golden: null, denied: null });
  });
});

describe('golden metrics of a node', () => {
  it('are inbound, null without a response, 0 denied for a scraped one (truth rules 4 and 8)', () => {
    const { nodes } = toGraph(
      meshOf({
        outbound: [calls(FRONT, WEB, 9)],
        inbound: [received(WEB, FRONT, 3), received(WEB, FRONT, 1, BAD)],
      }),
      WHOLE,
    );
    expect(nodes).toMatchObject([
      { id: IDS.source, golden: null, denied: 0, meshed: true },
      { id: IDS.target, golden: { rps: 4, successRate: 0.75, p50Ms: null }, denied: 0, meshed: true },
    ]);
  });

  it('are absent for a workload without a proxy, which is not meshed', () => {
    const erp = { ...to('legacy/erp'), dst_control_plane_ns: '' };
    const { nodes } = toGraph(
      meshOf({ outbound: [calls(FRONT, 'legacy/erp', 1, { ...erp, ...PLAIN_OUT })] }),
      WHOLE,
    );
    expect(nodes[0]).toMatchObject({
      id: 'legacy/deployment/erp',
      golden: null,
      denied: null,
      meshed: false,
    });
  });
});

describe('series by pod', () => {
  it('take the place of what their edge holds without them', () => {
    const bare = {
      ...from(FRONT),
      dst_namespace: 'shop',
      dst_service: 'db',
      target_port: '80',
      ...PLAIN_OUT,
    };
    const edges = edgesOf({
      outbound: [
        sample({ ...bare, classification: 'success' }, 5),
        sample({ ...bare, classification: 'success', dst_pod: 'db-a' }, 2),
        sample({ ...bare, classification: 'success', dst_pod: 'db-b' }, 1),
      ],
    });
    expect(edges.map(({ target, http }) => [target, http?.rps])).toEqual([
      ['shop/pod/db-a', 2],
      ['shop/pod/db-b', 1],
      ['shop/service/db', 2],
    ]);
  });

  it('count a bare caller and a bare callee once', () => {
    const row = {
      namespace: 'shop',
      dst_namespace: 'shop',
      target_port: '80',
      classification: 'success',
      tls: 'true',
    };
    const both = { ...row, pod: 'one', dst_pod: 'two' };
    expect(edgesOf({ outbound: [sample(row, 3), sample(both, 3)] })).toMatchObject([
      { source: 'shop/pod/one', target: 'shop/pod/two', http: { rps: 3 } },
    ]);
  });

  it('are told from TCP and HTTP of workloads with owners: those pass', () => {
    expect(
      edgesOf({
        outbound: [calls(FRONT, WEB, 1, { pod: 'front-1' }), calls(FRONT, WEB, 1, { pod: 'front-2' })],
      }),
    ).toMatchObject([{ http: { rps: 2 } }]);
  });
});

it('never counts what stays inside a pod', () => {
  expect(edgesOf({ inbound: [received(WEB, '', 2, { ...PLAIN_IN, no_tls_reason: 'loopback' })] })).toEqual(
    [],
  );
});
