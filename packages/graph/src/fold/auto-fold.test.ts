import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { recordedGraph } from '../quality/recordings.ts';
import { toScene } from '../scene/scene.ts';
import { autoFold, nextToFold } from './auto-fold.ts';

const STEADY = recordedGraph();

function workloads(namespace: string, count: number): Node[] {
  return Array.from({ length: count }, (_, i) => ({
    type: 'workload' as const,
    id: `${namespace}/deployment/w${i}`,
    namespace,
    kind: 'deployment' as const,
    name: `w${i}`,
    golden: null,
    denied: 0,
    meshed: true,
  }));
}

describe('autoFold(nodes)', () => {
  it('folds nothing up to 45 cards', () => {
    expect(autoFold(STEADY.nodes).size).toBe(0);
    expect(autoFold([...workloads('a', 30), ...workloads('b', 15)]).size).toBe(0);
  });

  it('folds the largest first, until 40 cards are left', () => {
    const nodes = [
      ...workloads('small', 4),
      ...workloads('large', 20),
      ...workloads('middle', 12),
      ...workloads('other', 12),
    ];
    expect([...autoFold(nodes)]).toEqual(['large']);
    expect([...autoFold([...nodes, ...workloads('more', 11)])]).toEqual(['large']);
    expect([...autoFold([...nodes, ...workloads('more', 13)])]).toEqual(['large', 'more']);
  });
});

describe('nextToFold(nodes, decided, scene)', () => {
  it('takes the largest that is open and undecided', () => {
    const scene = toScene(STEADY);
    expect(nextToFold(STEADY.nodes, new Set(), scene)).toBe('storefront');
    expect(nextToFold(STEADY.nodes, new Set(['storefront']), scene)).toBe('fulfilment');
  });

  it('leaves a namespace of one workload open', () => {
    const all = new Set(['storefront', 'fulfilment', 'backoffice']);
    expect(nextToFold(STEADY.nodes, all, toScene(STEADY))).toBeNull();
  });
});
