import { describe, expect, it } from 'vitest';
import { matches, resourcesOf, WORKLOAD_KINDS } from './resources.ts';

const KINDS = [...WORKLOAD_KINDS, 'namespace', 'service', 'all'];

describe('resourcesOf(words)', () => {
  it.each([
    [['deploy'], [{ kind: 'deployment', name: null }]],
    [['deployments'], [{ kind: 'deployment', name: null }]],
    [['Deploy/web'], [{ kind: 'deployment', name: 'web' }]],
    [['sts', 'ledger'], [{ kind: 'statefulset', name: 'ledger' }]],
    [
      ['ns', 'po'],
      [
        { kind: 'namespace', name: null },
        { kind: 'pod', name: null },
      ],
    ],
    [
      ['svc/a', 'po/b'],
      [
        { kind: 'service', name: 'a' },
        { kind: 'pod', name: 'b' },
      ],
    ],
    [['all'], [{ kind: 'all', name: null }]],
    [[], []],
  ])('%j', (words, resources) => expect(resourcesOf(words, KINDS)).toEqual(resources));

  it.each([[['web']], [['deploy', 'web', 'more']], [['a/b/c']], [['all', 'ds']]])('refuses %j', (words) =>
    expect(() => resourcesOf(words, KINDS)).toThrow(),
  );
});

it('matches(resources, workload) is any of them, or everything without one', () => {
  const web = { kind: 'deployment', name: 'web' };
  expect(matches([], web)).toBe(true);
  expect(matches(resourcesOf(['sts', 'deploy'], KINDS), web)).toBe(true);
  expect(matches(resourcesOf(['all'], KINDS), web)).toBe(true);
  expect(matches(resourcesOf(['deploy/other'], KINDS), web)).toBe(false);
});
