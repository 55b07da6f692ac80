import { describe, expect, it } from 'vitest';
import { finding } from '../../test-data/finding.ts';
import { ERP, WEB, workload } from '../../test-data/workloads.ts';
import { isOfMeshed, meshedPods, meshedShare, meshedWords } from './meshed-pods.ts';

const WHY = finding({
  code: 'opted-out',
  what: 'the pod opts out',
  remedy: 'remove the annotation',
});
const pods = (meshed: number, running: number, failed = 0) =>
  workload('x', { pods: { meshed, running, failed } });

describe('meshedPods(workload)', () => {
  it.each([
    ['all', 2, 2],
    ['some', 1, 2],
    ['none', 0, 2],
    ['idle', 0, 0],
  ] as const)('tells %s', (state, meshed, running) => {
    expect(meshedPods(pods(meshed, running))).toMatchObject({ state, meshed, running });
  });

  it('says why, and what failed', () => {
    expect(meshedPods({ ...pods(1, 2, 3), notMeshed: [WHY] })?.why).toEqual([
      'The pod opts out. Remove the annotation.',
      '3 more pods have failed.',
    ]);
  });

  it('knows nothing without Kubernetes', () => {
    expect(meshedPods(WEB)).toBeNull();
    expect(meshedShare(WEB)).toBeNull();
  });
});

describe('what nobody knows', () => {
  const unknown = workload('x', { meshed: null });

  it('is neither meshed nor without a proxy', () => {
    expect([isOfMeshed(unknown, 'yes'), isOfMeshed(unknown, 'no')]).toEqual([false, false]);
  });

  it('is counted as unknown', () => {
    expect(meshedWords([WEB, ERP, unknown])).toBe('of them 1 meshed, 1 unknown');
    expect(meshedWords([WEB, ERP])).toBe('of them 1 meshed');
    expect(meshedWords([unknown])).toBe('which are meshed is unknown');
  });
});

describe('isOfMeshed(workload, wanted)', () => {
  it('counts only all pods as meshed', () => {
    const shown = (wanted: 'yes' | 'no' | null) =>
      [pods(2, 2), pods(1, 2), pods(0, 1), WEB, ERP].map((one) => isOfMeshed(one, wanted));
    expect(shown('yes')).toEqual([true, false, false, true, false]);
    expect(shown('no')).toEqual([false, true, true, false, true]);
    expect(shown(null)).toEqual([true, true, true, true, true]);
  });
});
