import type { WorkloadNode } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { podCountOf, podCountWidth } from './pod-count.ts';

function card(meshed: number, running: number, type: 'workload' | 'folded' = 'workload') {
  const node: WorkloadNode = {
    type: 'workload',
    id: 'shop/deployment/cart',
    namespace: 'shop',
    kind: 'deployment',
    name: 'cart',
    golden: null,
    denied: 0,
    meshed: true,
    pods: { meshed, running, failed: 0 },
  };
  return { type, nodes: [node] };
}

describe('podCountOf(card)', () => {
  it('counts from two pods on, and says when only some have a proxy', () => {
    expect(podCountOf(card(2, 2))).toMatchObject({ text: '2', isPartly: false });
    expect(podCountOf(card(1, 2))).toMatchObject({ text: '1/2', isPartly: true });
    expect(podCountOf(card(0, 3))).toMatchObject({ text: '3', isPartly: false });
    expect(podCountOf(card(1, 1))).toBeNull();
  });

  it('is silent on a namespace, and without Kubernetes', () => {
    expect(podCountOf(card(1, 2, 'folded'))).toBeNull();
    const { nodes } = card(1, 2);
    const { pods: _pods, ...bare } = nodes[0]!;
    expect(podCountOf({ type: 'workload', nodes: [bare] })).toBeNull();
  });

  it('takes room of the name', () => {
    expect(podCountWidth(null)).toBe(0);
    expect(podCountWidth(podCountOf(card(1, 2)))).toBeGreaterThan(podCountWidth(podCountOf(card(2, 2))));
  });
});
