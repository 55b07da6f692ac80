import type { Check, CheckState } from '@latchwork/shared/health/check';
import { describe, expect, it } from 'vitest';
import { createCheckKeeper } from './check-keeper.ts';

const AT_MS = Date.parse('2026-11-23T15:00:00Z');
const MINUTE_MS = 60_000;

function check(state: CheckState): Check {
  return {
    ...{ id: 'x', category: 'mesh', title: 'x', state },
    ...{ evidence: null, finding: null, since: null, was: null, changes: null },
  };
}

describe('createCheckKeeper()', () => {
  it('says since when a check is as it is, and what it was before', () => {
    const keeper = createCheckKeeper();
    expect(keeper.keep([check('ok')], AT_MS)).toMatchObject([
      { since: '2026-11-23T15:00:00.000Z', was: null },
    ]);
    expect(keeper.keep([check('failed')], AT_MS + MINUTE_MS)).toMatchObject([
      { since: '2026-11-23T15:01:00.000Z', was: 'ok', changes: null },
    ]);
    expect(keeper.keep([check('failed')], AT_MS + 2 * MINUTE_MS)).toMatchObject([
      { since: '2026-11-23T15:01:00.000Z', was: 'ok' },
    ]);
    // After an hour it is no news any more.
    expect(keeper.keep([check('failed')], AT_MS + 62 * MINUTE_MS)).toMatchObject([{ was: null }]);
  });

  it('says that a check comes and goes, and forgets it when it stays', () => {
    const keeper = createCheckKeeper();
    const states: CheckState[] = ['ok', 'failed', 'ok', 'failed'];
    const told = states.map(
      (state, minute) => keeper.keep([check(state)], AT_MS + minute * MINUTE_MS)[0]?.changes,
    );
    expect(told).toEqual([null, null, null, 3]);
    expect(keeper.keep([check('failed')], AT_MS + 90 * MINUTE_MS)[0]?.changes).toBeNull();
  });

  it('keeps what was said last', () => {
    const keeper = createCheckKeeper();
    expect(keeper.last()).toEqual([]);
    keeper.keep([check('ok')], AT_MS);
    expect(keeper.last()).toMatchObject([{ id: 'x', state: 'ok' }]);
  });
});
