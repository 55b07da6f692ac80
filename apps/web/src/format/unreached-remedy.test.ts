import type { ServiceNode } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { toUnreachedRemedies } from './unreached-remedy.ts';

const recommender: ServiceNode = {
  type: 'service',
  id: 'storefront/service/recommender',
  namespace: 'storefront',
  name: 'recommender',
};

describe('toUnreachedRemedies(unreached, target)', () => {
  it('explains each error, the most frequent first, and names the causes once', () => {
    const remedies = toUnreachedRemedies({ LOAD_SHED: 0.1, FAIL_FAST: 0.2 }, recommender);
    expect(remedies.map(({ reported, rps }) => [reported, rps])).toEqual([
      ['FAIL_FAST', 0.2],
      ['LOAD_SHED', 0.1],
    ]);
    expect(remedies.map(({ causes }) => causes.length)).toEqual([2, 0]);
    expect(remedies[0]?.causes[0]?.command).toBe(
      'kubectl -n storefront get endpointslices -l kubernetes.io/service-name=recommender',
    );
  });

  it('leaves out errors that did not happen in the window', () => {
    expect(toUnreachedRemedies({ FAIL_FAST: 0 }, recommender)).toEqual([]);
    expect(toUnreachedRemedies(null, recommender)).toEqual([]);
  });

  it('keeps an error without advice as the proxy names it', () => {
    expect(toUnreachedRemedies({ SOMETHING: 1 }, null)[0]?.reported).toBe('SOMETHING');
  });
});
