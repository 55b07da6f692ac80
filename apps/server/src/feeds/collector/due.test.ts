import { expect, it } from 'vitest';
import { Due } from './due.ts';

/** Seconds until it is due, by trying. */
function secondsUntil(due: Due, clock: { ms: number }): number {
  const from = clock.ms;
  while (!due.isNow) clock.ms += 1_000;
  return (clock.ms - from) / 1000;
}

function made() {
  const clock = { ms: 0 };
  const due = new Due(() => clock.ms);
  const after = (concluded: () => void) => {
    concluded();
    return secondsUntil(due, clock);
  };
  return { failed: () => after(() => due.failed()), answered: () => after(() => due.answered()), due, after };
}

it('is due ever more rarely while it is not answered, and every five minutes when it is', () => {
  const { failed, answered } = made();
  expect([failed(), failed(), failed(), answered(), answered()]).toEqual([4, 8, 16, 300, 300]);
});

it('is due as soon as at first where the store goes away a second time', () => {
  const { failed, answered } = made();
  expect([failed(), failed(), answered(), failed(), failed()]).toEqual([4, 8, 300, 4, 8]);
});

it('is due ever more rarely while answers are not all that there will be', () => {
  const { due, after } = made();
  const lacking = () =>
    after(() => {
      due.answered();
      due.retry();
    });
  expect([lacking(), lacking(), lacking()]).toEqual([4, 8, 16]);
});
