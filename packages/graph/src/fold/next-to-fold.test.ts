import { describe, expect, it } from 'vitest';
import { recordedGraph } from '../quality/recordings.ts';
import { toScene } from '../scene/scene.ts';
import { nextToFold } from './next-to-fold.ts';

const STEADY = recordedGraph();

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
