import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { areApart, areSurelyApart, toClusterCalls } from './cluster-calls.ts';

const NAMES = { namespace: ['namespace'], owners: ['deployment'], pod: ['pod'] };

/** `a-1` is the first pod of everything under the value `a`. */
function callsOf(values: readonly string[], calls: readonly (readonly [from: string, to: string])[]) {
  const pods = values.flatMap((value) =>
    ['1', '2', '3', '4'].map((pod) =>
      sample({ dc: value === 'none' ? '' : value, namespace: 'shop', pod: `${value}-${pod}` }, 1),
    ),
  );
  const called = calls.map(([from, to]) =>
    sample({ dc: from === 'none' ? '' : from, dst_namespace: 'shop', dst_pod: to }, 1),
  );
  return toClusterCalls('dc', NAMES, { called, pods });
}

describe('the values of a label', () => {
  it('are clusters where those who call one another stand under one', () => {
    const calls = callsOf(
      ['a', 'b'],
      [
        ['a', 'a-1'],
        ['a', 'a-2'],
        ['b', 'b-1'],
      ],
    );
    expect(areApart(calls)).toBe(true);
    expect(areSurelyApart(calls)).toBe(true);
  });

  it('are clusters although some call into the other', () => {
    const calls = callsOf(
      ['a', 'b'],
      [
        ['a', 'a-1'],
        ['a', 'a-2'],
        ['a', 'a-3'],
        ['a', 'b-1'],
        ['b', 'b-1'],
        ['b', 'b-2'],
        ['b', 'b-3'],
      ],
    );
    expect(areApart(calls)).toBe(true);
    expect(areSurelyApart(calls)).toBe(false);
  });

  it('are zones, or what nodes are made of, where everybody calls everybody', () => {
    const calls = callsOf(
      ['a', 'b'],
      ['a', 'b'].flatMap((from) => ['a-1', 'a-2', 'b-1', 'b-2'].map((to) => [from, to] as const)),
    );
    expect(areApart(calls)).toBe(false);
  });

  it('are those of one workload where the others, who have none, call it', () => {
    const many = ['none-1', 'none-2', 'none-3', 'none-4'].map((to) => ['none', to] as const);
    expect(areApart(callsOf(['none', 'old', 'new'], [...many, ['none', 'old-1'], ['none', 'new-1']]))).toBe(
      false,
    );
  });

  it('say nothing where nobody calls a pod that is known', () => {
    const calls = callsOf(['a', 'b'], [['a', 'elsewhere-1']]);
    expect(areApart(calls)).toBeNull();
    expect(areSurelyApart(calls)).toBe(false);
  });
});
