import type { Edge } from '@latchwork/shared/edge';
import type { LockReason } from '@latchwork/shared/lock';
import type { Node, WorkloadNode } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { toCause } from '../lock/cause.ts';
import { lockFindings } from './lock-findings.ts';

const CART: WorkloadNode = {
  type: 'workload',
  id: 'storefront/deployment/cart',
  namespace: 'storefront',
  kind: 'deployment',
  name: 'cart',
  golden: null,
  denied: 0,
  meshed: true,
};
const NO_IDENTITY = 'not_provided_by_service_discovery';

function edgeTo(target: string, reasons: readonly LockReason[]): Edge {
  const securedShare = 1 - reasons.reduce((sum, { share }) => sum + share, 0);
  return {
    source: 'storefront/deployment/web',
    target,
    http: { rps: 4, successRate: 1, requests: 60, failures: 0, p50Ms: 5, p95Ms: 9, p99Ms: 10, securedShare },
    tcp: null,
    lock: {
      state: securedShare > 0 ? 'mixed' : 'plaintext',
      securedShare,
      reasons: [...reasons],
      clientIds: [],
      serverIds: [],
    },
    refused: null,
    refusedShare: null,
    unreached: null,
    notes: [],
  };
}

function found(reason: string, target: Node, share = 1) {
  return lockFindings(edgeTo(target.id, [{ reason, share }]), target, []).map(({ finding }) => finding);
}

describe('lockFindings(edge, target, causes)', () => {
  it('lists every cause that fits a mixed edge, and claims none of them', () => {
    const [one] = found(NO_IDENTITY, CART, 0.6);
    expect(one).toMatchObject({
      what: 'Part of the calls to cart found no identity',
      severity: 'warn',
      reported: NO_IDENTITY,
    });
    expect(one?.weight).toBeCloseTo(2.4);
    expect(one?.causes?.map(({ what }) => what)).toEqual([
      'Some pods of cart have no proxy',
      'The port skips the proxy',
      'Its proxy belongs to another control plane',
    ]);
    expect(one?.causes?.[0]?.remedy).toContain('kubectl -n storefront rollout restart deploy/cart');
  });

  it('names the one that the objects leave no doubt about, and leaves out what it could be', () => {
    const cause = toCause(true, {
      ...{ code: 'no-proxy:started-before', what: 'cart: 1 of 2 pods has no proxy', where: CART.id },
      ...{ remedy: 'Restart it.', pods: ['cart-b'] },
    });
    const edge = edgeTo(CART.id, [{ reason: NO_IDENTITY, share: 0.5 }]);
    const [one] = lockFindings(edge, CART, [cause]);
    expect(one?.finding).toMatchObject({
      code: 'no-proxy:started-before',
      where: 'storefront/deployment/web~storefront/deployment/cart',
      pods: ['cart-b'],
    });
    expect(one?.finding).not.toHaveProperty('causes');
    expect(one?.cause).toMatchObject({ where: CART.id });
  });

  it('does not let a cause of the target explain what its callers do', () => {
    const cause = toCause(true, { code: 'no-proxy:not-asked', what: 'x', where: 'storefront', remedy: '' });
    const reasons = [
      { reason: 'no_tls_from_remote', share: 0.2 },
      { reason: NO_IDENTITY, share: 0.5 },
    ];
    expect(lockFindings(edgeTo(CART.id, reasons), CART, [cause]).map(({ finding }) => finding.code)).toEqual([
      'no-proxy:not-asked',
      'not-encrypted:no_tls_from_remote',
    ]);
  });

  it('leaves the other control plane out where no proxy of the target is seen', () => {
    const [one] = found(NO_IDENTITY, { ...CART, meshed: false });
    expect(one?.what).toBe('No proxy of cart is seen');
    expect(one?.causes).toHaveLength(2);
  });

  it('does not call port 443 outside the mesh plain text for sure', () => {
    const id = 'external:203.0.113.10:443';
    const [one] = found(NO_IDENTITY, { type: 'external', id, what: 'host', name: 'rates.example.net' });
    expect(one).toMatchObject({ severity: 'info', what: 'It leaves the mesh on port 443' });
    expect(one?.evidence).toContain("No mTLS; may be the application's own TLS.");
    expect(one).not.toHaveProperty('causes');
  });

  it('shows a reason that it does not know as it is', () => {
    expect(found('made_up_tomorrow', CART)[0]?.evidence).toContain('made_up_tomorrow');
  });

  it('offers no restart for what cannot be restarted', () => {
    const [one] = found(NO_IDENTITY, { ...CART, kind: 'job', name: 'report' });
    expect(one?.causes?.[0]?.remedy).not.toContain('rollout');
  });

  it('makes no problem of a pod that calls itself', () => {
    const edge = edgeTo(CART.id, [{ reason: 'loopback', share: 1 }]);
    expect(lockFindings(edge, CART, []).map(({ isQuiet }) => isQuiet)).toEqual([true]);
  });
});
