import type { Node, WorkloadNode } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { toLockRemedies } from './lock-remedy.ts';

const cart: WorkloadNode = {
  type: 'workload',
  id: 'storefront/deployment/cart',
  namespace: 'storefront',
  kind: 'deployment',
  name: 'cart',
  golden: null,
  denied: 0,
  meshed: true,
};

function remedies(reason: string, target: Node | null, securedShare = 0) {
  const reasons = [{ reason, share: 1 - securedShare }];
  const state = securedShare > 0 ? 'mixed' : 'plaintext';
  return toLockRemedies({ state, securedShare, reasons, clientIds: [], serverIds: [] }, target);
}

describe('toLockRemedies(lock, target)', () => {
  it('lists every cause that fits a mixed edge, and claims none of them', () => {
    const [remedy] = remedies('not_provided_by_service_discovery', cart, 0.4);
    expect(remedy?.title).toBe('Part of the calls to cart found no identity');
    expect(remedy?.share).toBeCloseTo(0.6);
    expect(remedy?.causes.map((cause) => cause.what)).toEqual([
      'Some pods of cart have no proxy',
      'The port skips the proxy',
      'Its proxy belongs to another control plane',
    ]);
    expect(remedy?.causes[0]?.fix).toContain('kubectl -n storefront rollout restart deploy/cart');
  });

  it('leaves the other control plane out where no proxy of the target is seen', () => {
    const [remedy] = remedies('not_provided_by_service_discovery', { ...cart, meshed: false });
    expect(remedy?.title).toBe('No proxy of cart is seen');
    expect(remedy?.causes).toHaveLength(2);
  });

  it('does not call port 443 outside the mesh plain text for sure', () => {
    const target: Node = {
      type: 'external',
      id: 'external:203.0.113.10:443',
      what: 'host',
      name: 'rates.example.net',
    };
    const [remedy] = remedies('not_provided_by_service_discovery', target);
    expect(remedy?.text).toContain("No mTLS; may be the application's own TLS.");
    expect(remedy?.causes).toEqual([]);
  });

  it('speaks of another external port as outside the mesh', () => {
    const target: Node = { type: 'external', id: 'external:203.0.113.10:8443', what: 'host', name: null };
    expect(remedies('not_provided_by_service_discovery', target)[0]?.title).toBe('It leaves the mesh');
  });

  it('puts the heaviest reason first and keeps the proxy’s own word', () => {
    const lock = {
      state: 'mixed' as const,
      securedShare: 0.5,
      reasons: [
        { reason: 'port_skipped', share: 0.1 },
        { reason: 'no_tls_from_remote', share: 0.4 },
      ],
      clientIds: [],
      serverIds: [],
    };
    expect(toLockRemedies(lock, cart).map(({ reported }) => reported)).toEqual([
      'no_tls_from_remote',
      'port_skipped',
    ]);
  });

  it('shows a reason that it does not know as it is', () => {
    expect(remedies('made_up_tomorrow', cart)[0]?.text).toContain('made_up_tomorrow');
  });

  it('offers no restart for what cannot be restarted', () => {
    const job: Node = { ...cart, kind: 'job', name: 'report' };
    expect(remedies('not_provided_by_service_discovery', job)[0]?.causes[0]?.fix).not.toContain('rollout');
  });
});
