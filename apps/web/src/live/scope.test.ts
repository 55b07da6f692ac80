import { describe, expect, it } from 'vitest';
import { HOME, type Place } from '../location/place.ts';
import { historyParams, scopeParams, workloadParams } from './scope.ts';
import { tapParams, topParams } from './tapped.ts';

const WEST: Place = { ...HOME, cluster: 'west', target: 'shop/deployment/web', tap: 'all' };

describe('the parameters of a place', () => {
  it('name the cluster for everything that is from the store', () => {
    expect(scopeParams(WEST)).toEqual({ window: '1m', cluster: 'west' });
    expect(historyParams(WEST)).toEqual({ window: '1m', cluster: 'west' });
    expect(workloadParams(WEST, 'shop/deployment/web')).toMatchObject({ name: 'web', cluster: 'west' });
  });

  it('name none for the server’s own, nor for a tap', () => {
    expect(scopeParams(HOME)).toEqual({ window: '1m' });
    expect(historyParams(HOME)).toEqual({ window: '1m' });
    expect(topParams(WEST)).toEqual({ namespace: 'shop', kind: 'deployment', name: 'web' });
    expect(tapParams(WEST)).toEqual({ namespace: 'shop', kind: 'deployment', name: 'web' });
  });
});
