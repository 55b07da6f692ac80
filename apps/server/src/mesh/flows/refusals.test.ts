import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import {
  accountId,
  calls,
  edgesOf,
  from,
  meshOf,
  PLAIN_IN,
  received,
  WHOLE,
} from '../../../test/inputs/mesh-of.ts';
import { toGraph } from '../graph.ts';

const ORDERS = 'shop/orders';
const REPORT = 'office/report';
const WEB = 'office/web';

function refusals(refusal: string, rps: number, client: string | null = 'report', labels = {}) {
  const identity = client ? { tls: 'true', client_id: accountId(client, 'office') } : PLAIN_IN;
  return sample(
    { ...from(ORDERS), ...identity, target_port: '8080', route_name: 'default', refusal, ...labels },
    rps,
  );
}

function refusedOf(answers: Parameters<typeof edgesOf>[0]) {
  return edgesOf(answers).flatMap(({ source, refused }) => (refused ? [{ source, ...refused }] : []));
}

describe('what policy refused (truth rule 12)', () => {
  const NONE = { authorization: 0, route: 0, rateLimit: 0, egress: 0 };

  it('is three families read as one, on the node and on the edge of the caller', () => {
    const answers = {
      outbound: [calls(REPORT, ORDERS, 3)],
      refused: [refusals('authorization', 1), refusals('route', 0.5), refusals('rateLimit', 0.25)],
    };
    expect(refusedOf(answers)).toEqual([
      { source: 'office/deployment/report', authorization: 1, route: 0.5, rateLimit: 0.25, egress: 0 },
    ]);
    const orders = toGraph(meshOf(answers), WHOLE).nodes.find(({ id }) => id === 'shop/deployment/orders');
    expect(orders).toMatchObject({ denied: 1.75 });
  });

  it("finds the caller by its identity's namespace when one workload of it calls", () => {
    const answers = {
      outbound: [calls(REPORT, ORDERS, 3), calls('shop/web', ORDERS, 3)],
      refused: [refusals('route', 1, 'default')],
    };
    expect(refusedOf(answers)).toEqual([{ source: 'office/deployment/report', ...NONE, route: 1 }]);
  });

  it.each([
    ['authorization', { status_code: '403' }],
    ['authorization', { status_code: '200', grpc_status: '7' }],
    ['route', { status_code: '404' }],
    ['rateLimit', { status_code: '429' }],
  ] as const)('of several callers takes the one whose answers bear the sign of %s', (kind, sign) => {
    const answers = {
      outbound: [calls(REPORT, ORDERS, 3), calls(WEB, ORDERS, 3), calls(WEB, ORDERS, 1, sign)],
      refused: [refusals(kind, 1, 'default')],
    };
    expect(refusedOf(answers)).toEqual([{ source: 'office/deployment/web', ...NONE, [kind]: 1 }]);
  });

  it('stays on the node alone when that is not one', () => {
    const answers = {
      outbound: [calls(REPORT, ORDERS, 3), calls(WEB, ORDERS, 3)],
      refused: [refusals('authorization', 1, 'default')],
    };
    expect(refusedOf(answers)).toEqual([]);
    const orders = toGraph(meshOf(answers), WHOLE).nodes.find(({ id }) => id === 'shop/deployment/orders');
    expect(orders).toMatchObject({ denied: 1 });
  });

  it('of callers without identity is an edge of its own', () => {
    expect(refusedOf({ refused: [refusals('authorization', 1, null)] })).toEqual([
      { source: 'unmeshed:shop/deployment/orders', ...NONE, authorization: 1 },
    ]);
  });

  it('takes a rate limit without identity for probes, unless others came that way', () => {
    const limited = refusals('rateLimit', 1, null, { route_name: '' });
    expect(refusedOf({ refused: [limited] })).toEqual([]);
    expect(refusedOf({ refused: [limited], inbound: [received(ORDERS, '', 2)] })).toEqual([
      { source: 'unmeshed:shop/deployment/orders', ...NONE, rateLimit: 1 },
    ]);
  });

  it('counts TCP connections that were turned away too, and says that they are', () => {
    const [edge] = edgesOf({ refused: [refusals('connection', 0.5, null)] });
    expect(edge).toMatchObject({
      source: 'unmeshed:shop/deployment/orders',
      refused: { authorization: 0.5 },
      notes: [expect.stringContaining('TCP connections')],
    });
  });

  it('leaves probes out', () => {
    expect(refusedOf({ refused: [refusals('authorization', 1, null, { route_name: 'probe' })] })).toEqual([]);
  });

  it('is absent before its first event: absence is zero, not unknown (truth rule 13)', () => {
    const graph = toGraph(
      meshOf({ inbound: [received(ORDERS, REPORT, 1)], outbound: [calls(REPORT, ORDERS, 1)] }),
      WHOLE,
    );
    expect(graph.nodes.find(({ id }) => id === 'shop/deployment/orders')).toMatchObject({ denied: 0 });
    expect(graph.edges[0]).toMatchObject({ refused: null, unreached: null });
  });
});

describe('a call that never reached an endpoint (truth rule 11)', () => {
  const parent = (name: string, namespace = 'shop') => ({
    ...from(WEB),
    parent_kind: 'Service',
    parent_name: name,
    parent_namespace: namespace,
    protocol: 'http',
  });

  it('is an edge to the Service, by error, summed over pods', () => {
    const [edge] = edgesOf({
      unreached: [
        sample({ ...parent('recommender'), error: 'FAIL_FAST', parent_port: '80' }, 0.2),
        sample({ ...parent('recommender'), error: 'FAIL_FAST', parent_port: '81' }, 0.1),
        sample({ ...parent('recommender'), error: 'LOAD_SHED' }, 0.5),
      ],
    });
    expect(edge).toMatchObject({
      source: 'office/deployment/web',
      target: 'shop/service/recommender',
      http: null,
      tcp: null,
      lock: { state: 'unknown', securedShare: null },
      refused: null,
      unreached: { FAIL_FAST: expect.closeTo(0.3), LOAD_SHED: 0.5 },
    });
  });

  it('to a denied egress is refused, towards outside', () => {
    const labels = {
      ...from(WEB),
      parent_kind: 'EgressNetwork',
      parent_name: 'no-internet',
      parent_namespace: 'office',
    };
    const [edge] = edgesOf({
      unreached: [
        sample({ ...labels, route_name: 'http-egress-deny', error: '', hostname: 'tax.example.net' }, 0.6),
      ],
    });
    expect(edge).toMatchObject({
      target: 'external:egress/office/no-internet',
      refused: { egress: 0.6, authorization: 0 },
      unreached: null,
    });
  });

  it('over TCP is what the proxy closed itself', () => {
    const closed = { ...parent('nginx'), protocol: 'tcp', error: 'forbidden', route_name: 'undefined-port' };
    expect(edgesOf({ unreached: [sample(closed, 1)] })).toMatchObject([
      { target: 'shop/service/nginx', unreached: { UNDEFINED_PORT: 1 } },
    ]);
  });

  it("may be another namespace's Service of that name, and then says so", () => {
    const unreached = [sample({ ...parent('web'), error: 'FAIL_FAST' }, 1)];
    const one = [calls(WEB, 'shop/web', 1)];
    const two = [...one, calls(WEB, 'office/web', 1)];
    const notes = (outbound: typeof one) =>
      edgesOf({ outbound, unreached }).find(({ target }) => target.includes('/service/'))?.notes;
    expect(notes(one)).toEqual([]);
    expect(notes(two)).toEqual([expect.stringContaining('several namespaces')]);
  });

  it('is none for parents that name no place', () => {
    const labels = { ...from(WEB), parent_kind: 'default', parent_name: 'endpoint', error: 'FAIL_FAST' };
    expect(edgesOf({ unreached: [sample(labels, 1)] })).toEqual([]);
  });
});
