import { describe, expect, it } from 'vitest';
import { storeFailure } from './store-failure.ts';

const since = '2026-11-23T15:44:00Z';
const failed = (message: string) => ({ state: 'failed', since, message }) as const;

describe('storeFailure(parts)', () => {
  it('is the reason that a question to the store has no answer', () => {
    expect(storeFailure({ outbound: failed('the API server hangs') })).toBe('the API server hangs');
  });

  it('is nothing that Kubernetes keeps back', () => {
    const parts = {
      'kubernetes:pods': failed('no right to list pods'),
      store: failed('a part of it is missing'),
      outbound: { state: 'fresh', since, message: null } as const,
    };
    expect(storeFailure(parts)).toBeNull();
  });
});
