// A process that attacks: what it is told to, in every way at once, until it is told to end. Prints what came of it.

import type { Attack, Target } from './attack.ts';
import { CONNECTION_ATTACKS } from './connection-attacks.ts';
import { REQUEST_ATTACKS } from './request-attacks.ts';

const target = JSON.parse(process.argv[2] ?? '{}') as Target;
const ending = new AbortController();
const outcomes = new Map<string, Map<string, number>>();

function run(attack: Attack): Promise<void> {
  const own = new Map<string, number>();
  outcomes.set(attack.name, own);
  return attack.run(target, (outcome) => own.set(outcome, (own.get(outcome) ?? 0) + 1), ending.signal);
}

/** Those that fit, to see what one of them does alone. */
const wanted = new RegExp(process.env['ABUSE_ATTACKS'] ?? '');
const running = [...REQUEST_ATTACKS, ...CONNECTION_ATTACKS].filter(({ name }) => wanted.test(name)).map(run);
console.log('attacking');
process.on('disconnect', () => process.exit());
process.on('message', async () => {
  ending.abort();
  setTimeout(() => process.exit(), 5_000).unref();
  console.log(JSON.stringify([...outcomes].map(([name, own]) => [name, Object.fromEntries(own)])));
  await Promise.allSettled(running);
  process.exit();
});
