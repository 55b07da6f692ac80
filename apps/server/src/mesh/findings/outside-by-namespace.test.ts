import { describe, expect, it } from 'vitest';
import { from, GOOD, meshOf, PLAIN_OUT, WHOLE } from '../../../test/inputs/mesh-of.ts';
import { toProblems } from './problems.ts';

const toHost = (caller: string, address: string, rps = 1) => ({
  labels: {
    ...{ ...from(caller), ...GOOD, ...PLAIN_OUT },
    ...{ target_addr: address, target_port: address.split(':')[1]! },
  },
  value: rps,
});
const problemsOf = (outbound: ReturnType<typeof toHost>[]) =>
  toProblems(meshOf({ outbound }), WHOLE, { successTarget: 0.99, latencyTargetMs: 1000 }).problems;

describe('hosts outside that one workload alone calls', () => {
  it('are one problem of its namespace, with their sum and each by name', () => {
    const hosts = Array.from({ length: 1000 }, (_, i) => `203.0.${i >> 8}.${i & 255}:443`);
    const problems = problemsOf(hosts.map((host, i) => toHost(i % 2 ? 'a/web' : 'a/cart', host)));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      where: 'a',
      what: 'Calls to 1\u2009000 hosts leave the mesh on port 443',
      weight: 1000,
      affected: 2,
      severity: 'info',
    });
    expect(problems[0]?.places).toHaveLength(1000);
  });

  it('stay by themselves where there is but one, or where several call it', () => {
    const problems = problemsOf([
      toHost('a/web', '203.0.113.1:443'),
      toHost('b/cart', '203.0.113.2:443', 2),
      toHost('a/shop', '203.0.113.2:443', 2),
    ]);
    expect(problems.map(({ where, places }) => [where, places.length])).toEqual([
      ['external:203.0.113.2:443', 2],
      ['a/deployment/web~external:203.0.113.1:443', 1],
    ]);
  });

  it('name no port where they have several', () => {
    const problems = problemsOf([toHost('a/web', '203.0.113.1:443'), toHost('a/web', '203.0.113.2:80')]);
    expect(problems.map(({ what }) => what)).toEqual(['Calls to 2 hosts leave the mesh']);
  });
});
