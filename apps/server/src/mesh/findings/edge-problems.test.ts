import type { Edge } from '@latchwork/shared/edge';
import type { Node, ServiceNode, WorkloadNode } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { edgeProblems } from './edge-problems.ts';

const ORDERS: WorkloadNode = {
  type: 'workload',
  id: 'fulfilment/deployment/orders',
  namespace: 'fulfilment',
  kind: 'deployment',
  name: 'orders',
  golden: null,
  denied: 0,
  meshed: true,
};
const RECOMMENDER: ServiceNode = {
  type: 'service',
  id: 'storefront/service/recommender',
  namespace: 'storefront',
  name: 'recommender',
};

function problems(target: Node, more: Partial<Edge>) {
  const edge: Edge = {
    ...{ source: 'storefront/deployment/web', target: target.id, http: null, tcp: null },
    lock: { state: 'unknown', securedShare: null, reasons: [], clientIds: [], serverIds: [] },
    ...{ refused: null, refusedShare: null, unreached: null, notes: [], ...more },
  };
  const entry = { edge, securedRps: 0, connections: 0, securedConnections: 0, openPorts: null };
  return edgeProblems(entry, new Map([[target.id, target]]), null);
}
const NONE = { authorization: 0, route: 0, rateLimit: 0, egress: 0 };

describe('what policy turned away', () => {
  it('is nothing where nothing was', () => {
    expect(problems(ORDERS, { refused: NONE })).toEqual([]);
  });

  it('keeps the kinds apart, the most frequent first', () => {
    const found = problems(ORDERS, { refused: { ...NONE, authorization: 0.2, rateLimit: 1.5 } });
    expect(found.map(({ kind, finding }) => [kind, finding.code, finding.weight])).toEqual([
      ['refused', 'refused-rate-limit', 1.5],
      ['refused', 'refused-authorization', 0.2],
    ]);
    expect(found[1]?.finding.command).toBe('linkerd authz -n fulfilment deploy/orders');
  });

  it('looks everywhere for an egress network, whose target is no workload', () => {
    const egress: Node = { type: 'external', id: 'external:egress/a/b', what: 'egress', name: null };
    const [found] = problems(egress, { refused: { ...NONE, egress: 1 } });
    expect(found?.finding.command).toContain('get egressnetworks.policy.linkerd.io -A');
  });
});

describe('what never arrived', () => {
  it('explains each error, the most frequent first, and names the causes once', () => {
    const found = problems(RECOMMENDER, { unreached: { LOAD_SHED: 0.1, FAIL_FAST: 0.2, OTHER: 0 } });
    expect(found.map(({ finding }) => [finding.code, finding.severity, finding.weight])).toEqual([
      ['lost', 'bad', 0.2],
      ['lost', 'bad', 0.1],
    ]);
    expect(found.map(({ finding }) => finding.causes?.length)).toEqual([2, undefined]);
    expect(found[0]?.finding.command).toBe(
      'kubectl -n storefront get endpointslices -l kubernetes.io/service-name=recommender',
    );
  });

  it('keeps an error without advice as the proxy names it', () => {
    expect(problems(ORDERS, { unreached: { SOMETHING: 1 } })[0]?.finding.reported).toBe('SOMETHING');
  });
});
