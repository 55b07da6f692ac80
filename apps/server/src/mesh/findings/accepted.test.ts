import { describe, expect, it } from 'vitest';
import { calls, meshOf, PLAIN_OUT, WHOLE } from '../../../test/inputs/mesh-of.ts';
import { type AcceptedEntry, toEntries, withAccepted } from './accepted.ts';
import { toProblems } from './problems.ts';

const PLAIN = { ...PLAIN_OUT, server_id: '' };
const mesh = meshOf({
  outbound: [calls('a/web', 'b/old', 2, PLAIN), calls('a/shop', 'b/old', 1, PLAIN)],
  inbound: [],
});
const found = toProblems(mesh, WHOLE, { successTarget: 0.99, latencyTargetMs: 1000 });
const [problem] = found.problems;
const NOW_MS = Date.parse('2026-11-24T00:00:00Z');

function accept(where: string, more: Partial<AcceptedEntry> = {}) {
  const entry = { code: problem?.code ?? '', where, name: 'ada', reason: 'old', end: null, ...more };
  return withAccepted(found, [entry], NOW_MS);
}

describe('withAccepted(problems, entries, nowMs)', () => {
  it('takes a whole problem away, and says who accepts it', () => {
    const { problems, accepted } = accept('b/deployment/old');
    expect(problems).toEqual([]);
    expect(accepted).toMatchObject([{ weight: 3, accepted: { name: 'ada', reason: 'old', end: null } }]);
  });

  it('takes one of its places away, and leaves the rest with its weight', () => {
    const { problems, accepted } = accept('a/deployment/web~b/deployment/old');
    expect(problems).toMatchObject([
      { weight: 1, places: [{ where: 'a/deployment/shop~b/deployment/old' }] },
    ]);
    expect(accepted).toMatchObject([{ weight: 2 }]);
  });

  it.each([
    ['when its end has come', { end: '2026-11-23T00:00:00Z' }],
    ['for another code', { code: 'refused-route' }],
  ])('does nothing %s', (_, more) => {
    expect(accept('b/deployment/old', more).problems).toHaveLength(1);
  });
});

describe('toEntries(list)', () => {
  it('reads what a file says, and nothing of an empty one', () => {
    const said = { code: 'x', where: 'y', name: 'z', reason: 'because', end: '2027-03-01' };
    expect(toEntries([said])).toEqual([{ ...said, end: '2027-03-01T00:00:00.000Z' }]);
    expect(toEntries(null)).toEqual([]);
  });

  it.each([
    [{}, 'it is no list'],
    [['x'], 'entry 1 has no code'],
    [[{ code: 'x', where: 'y', name: 'z' }], 'entry 1 has no reason'],
    [[{ code: 'x', where: 'y', name: 'z', reason: 'b', end: 'soon' }], 'entry 1: end "soon" is no date'],
  ])('says what is wrong with %j', (list, message) => {
    expect(() => toEntries(list)).toThrow(message);
  });
});
