import { expect, it } from 'vitest';
import { createInbox, type Step } from './inbox.ts';

function stage() {
  const done: string[] = [];
  let due: (() => void)[] = [];
  const inbox = createInbox({
    after(_ms, then) {
      due.push(then);
      return () => {
        due = due.filter((one) => one !== then);
      };
    },
  });
  const steps = (name: string, ...rest: string[]): Step => {
    return () => {
      done.push(name);
      const [next, ...others] = rest;
      return next === undefined ? null : steps(next, ...others);
    };
  };
  function nextTask(): boolean {
    const [next] = due.splice(0, 1);
    next?.();
    return next !== undefined;
  }
  return { inbox, done, steps, nextTask };
}

it('does what is small at once', () => {
  const { inbox, done, steps, nextTask } = stage();
  inbox.take(10, steps('read', 'apply', 'show'));
  expect(done).toEqual(['read', 'apply', 'show']);
  expect(nextTask()).toBe(false);
});

it('does what is large in tasks after the one that brought it, and lets nothing overtake it', () => {
  const { inbox, done, steps, nextTask } = stage();
  inbox.take(1_000_000, steps('read', 'apply', 'show'));
  expect(done).toEqual([]);
  nextTask();
  expect(done).toEqual(['read']);
  inbox.take(10, steps('pong'));
  nextTask();
  expect(done).toEqual(['read', 'apply']);
  nextTask();
  expect(done).toEqual(['read', 'apply', 'show']);
  nextTask();
  expect(done).toEqual(['read', 'apply', 'show', 'pong']);
  inbox.take(10, steps('again'));
  expect(done.at(-1)).toBe('again');
});

it('forgets what waits', () => {
  const { inbox, done, steps, nextTask } = stage();
  inbox.take(1_000_000, steps('read', 'apply'));
  nextTask();
  inbox.clear();
  expect(nextTask()).toBe(false);
  inbox.take(10, steps('new'));
  expect(done).toEqual(['read', 'new']);
});

it('forgets what has not begun, and lets nothing overtake it before', () => {
  const { inbox, done, steps, nextTask } = stage();
  inbox.take(1_000_000, steps('read'));
  inbox.take(10, steps('pong'));
  expect(done).toEqual([]);
  inbox.clear();
  expect(nextTask()).toBe(false);
  inbox.take(1_000_000, steps('read'));
  inbox.take(10, steps('pong'));
  nextTask();
  nextTask();
  expect(done).toEqual(['read', 'pong']);
});

it('goes on with what is next when a step clears it', () => {
  const { inbox, done } = stage();
  inbox.take(10, () => {
    inbox.clear();
    done.push('cleared');
    return () => {
      done.push('never');
      return null;
    };
  });
  expect(done).toEqual(['cleared']);
});

it('takes what a step brings after that step, and goes on when one fails', () => {
  const { inbox, done, steps, nextTask } = stage();
  inbox.take(10, () => {
    inbox.take(10, steps('brought'));
    done.push('first');
    return steps('second');
  });
  expect(done).toEqual(['first', 'second', 'brought']);
  const failing = () => {
    throw new Error('a view broke');
  };
  expect(() => inbox.take(10, failing)).toThrow('a view broke');
  inbox.take(10, steps('after'));
  while (nextTask());
  expect(done.at(-1)).toBe('after');
});
