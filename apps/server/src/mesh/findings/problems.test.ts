import { describe, expect, it } from 'vitest';
import { BAD, calls, meshOf, PLAIN_OUT, received, WHOLE } from '../../../test/inputs/mesh-of.ts';
import { toPlaceFindings, toProblems } from './problems.ts';

const TARGETS = { successTarget: 0.99, latencyTargetMs: 1000 };
const to = (outbound: Parameters<typeof meshOf>[0]['outbound'], inbound: typeof outbound = []) =>
  toProblems(meshOf({ outbound, inbound }), WHOLE, TARGETS);

describe('toProblems(mesh, scope, targets)', () => {
  it('says what was looked at where nothing is wrong', () => {
    const { problems, tooFew, looked } = to([calls('a/web', 'a/cart', 2)], [received('a/cart', 'a/web', 2)]);
    expect(problems).toEqual([]);
    expect(tooFew).toEqual([]);
    expect(looked).toEqual(['1 edge', '2 workloads']);
  });

  it('groups calls in the clear by their cause, with their sum', () => {
    const { problems } = to([
      calls('a/web', 'b/old', 2, { ...PLAIN_OUT, server_id: '' }),
      calls('a/shop', 'b/old', 1, { ...PLAIN_OUT, server_id: '' }),
      calls('a/gate', 'a/web', 3),
    ]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      kind: 'plaintext',
      where: 'b/deployment/old',
      weight: 3,
      places: [
        { where: 'a/deployment/web~b/deployment/old', weight: 2 },
        { where: 'a/deployment/shop~b/deployment/old', weight: 1 },
      ],
      callers: ['a/deployment/web', 'a/deployment/shop'],
      affected: 2,
    });
  });

  it('ranks by weight, and counts everybody before a workload that fails', () => {
    const failing = received('a/cart', 'a/web', 1, BAD);
    const { problems } = to(
      [
        calls('a/gate', 'a/web', 3),
        calls('a/web', 'a/cart', 9),
        calls('a/web', 'a/cart', 1, BAD),
        calls('a/web', 'b/old', 2, { ...PLAIN_OUT, server_id: '' }),
      ],
      [received('a/cart', 'a/web', 9), failing],
    );
    expect(problems.map(({ kind, what, affected, severity }) => [kind, what, affected, severity])).toEqual([
      ['failing', 'cart fails 10.0 %', 2, 'bad'],
      ['plaintext', 'Calls to old found no identity', 1, 'warn'],
    ]);
    expect(problems[0]?.evidence).toBe(
      '60 of 600 requests in 1 min failed. It answers so itself: it calls nobody.',
    );
  });

  it('gives no status to a failure that the count cannot carry', () => {
    const few = [received('a/cart', 'a/web', 13 / 60), received('a/cart', 'a/web', 1 / 60, BAD)];
    const { problems, tooFew } = to([calls('a/web', 'a/cart', 14 / 60)], few);
    expect(problems).toEqual([]);
    expect(tooFew.map(({ what }) => what)).toEqual(['cart: 1 of 14 failed']);
  });

  it('looks at the edges of a scope alone', () => {
    const mesh = meshOf({
      outbound: [calls('a/web', 'b/old', 2, { ...PLAIN_OUT, server_id: '' })],
      inbound: [],
    });
    expect(toProblems(mesh, { ...WHOLE, namespaces: ['c'] }, TARGETS).problems).toEqual([]);
    expect(toProblems(mesh, { ...WHOLE, namespaces: ['b'] }, TARGETS).problems).toHaveLength(1);
  });
});

it('tells of one edge what the list tells of it', () => {
  const where = 'a/deployment/web~b/deployment/old';
  const mesh = meshOf({
    outbound: [calls('a/web', 'b/old', 2, { ...PLAIN_OUT, server_id: '' })],
    inbound: [],
  });
  const [listed] = toProblems(mesh, WHOLE, TARGETS).problems;
  expect(toPlaceFindings(mesh, where, WHOLE, TARGETS).findings).toEqual([listed]);
});
