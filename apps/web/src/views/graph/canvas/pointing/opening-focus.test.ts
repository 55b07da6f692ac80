import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../../test-data/steady.ts';
import { openingCard } from './opening-focus.ts';

const scene = toScene(STEADY);

describe('openingCard(scene)', () => {
  it('is the workload with most bad edges', () => {
    expect(openingCard(scene)).toBe('storefront/deployment/web');
  });

  it('needs no focus where little is shown', () => {
    expect(openingCard(scene, 40)).toBeNull();
  });
});
