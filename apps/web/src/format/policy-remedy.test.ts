import type { WorkloadNode } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { toRefusedRemedies } from './policy-remedy.ts';

const orders: WorkloadNode = {
  type: 'workload',
  id: 'fulfilment/deployment/orders',
  namespace: 'fulfilment',
  kind: 'deployment',
  name: 'orders',
  golden: null,
  denied: 0,
  meshed: true,
};

describe('toRefusedRemedies(refused, target)', () => {
  it('says nothing where nothing was refused', () => {
    expect(toRefusedRemedies(null, orders)).toEqual([]);
    expect(toRefusedRemedies({ authorization: 0, route: 0, rateLimit: 0, egress: 0 }, orders)).toEqual([]);
  });

  it('keeps the kinds apart, the most frequent first', () => {
    const refused = { authorization: 0.2, route: 0, rateLimit: 1.5, egress: 0 };
    expect(toRefusedRemedies(refused, orders).map(({ kind, rps }) => [kind, rps])).toEqual([
      ['rateLimit', 1.5],
      ['authorization', 0.2],
    ]);
  });

  it('gives a command for the workload that refuses', () => {
    const [remedy] = toRefusedRemedies({ authorization: 1, route: 0, rateLimit: 0, egress: 0 }, orders);
    expect(remedy?.causes[0]?.command).toBe('linkerd authz -n fulfilment deploy/orders');
  });

  it('looks everywhere for an egress network, whose target is no workload', () => {
    const [remedy] = toRefusedRemedies({ authorization: 0, route: 0, rateLimit: 0, egress: 1 }, null);
    expect(remedy?.causes[0]?.command).toContain('get egressnetworks.policy.linkerd.io -A');
  });
});
