// latchwork tap: single requests as they end, a line each.

import { shortDuration } from '@latchwork/figures/latency';
import type { LockState } from '@latchwork/shared/lock';
import type { Tap, TappedRequest } from '@latchwork/shared/tap/tap';
import { AskTrouble } from './asking/asking.ts';
import { formatOf, outputFlags } from './asking/asking-flags.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { EXIT_OK, EXIT_UNSEEN } from './command.ts';
import { cell } from './printing/cells.ts';
import { type Sign, signText, spelled } from './printing/sign.ts';
import { harmless, padded } from './printing/text-width.ts';
import { NOTHING_SAID, TAPPING_FLAGS, tapParams, untilOf } from './tapping.ts';
import { peerText } from './top.ts';

const FLAGS = { ...TAPPING_FLAGS, ...outputFlags(['table', 'json']) } as const;

export const tap = lookingCommand({
  word: 'tap',
  takes: 'TYPE/NAME',
  about: [
    'Goes on until interrupted, or for --for SECONDS. It needs the right to tap; secrets stay with the server.',
  ],
  flags: FLAGS,
  check: ({ settings, words }) => void tapParams(settings, words),
  run: print,
});

/** Requests are told of again while they are among the newest. */
const REMEMBERED = 20_000;

async function print({ settings, words, asking, terminal, look }: Looking<typeof FLAGS>): Promise<number> {
  const printed = new Set<string>();
  const isJson = formatOf(settings) === 'json';
  let lost: number | null = null;
  await asking.follow(
    'tap',
    tapParams(settings, words),
    (value: Tap) => {
      if (value.state === 'failed')
        throw new AskTrouble([value.message, value.remedy].filter(Boolean).join(': '));
      const ended = value.requests.filter(({ key, outcome }) => outcome !== null && !printed.has(key));
      for (const request of ended.reverse()) {
        printed.add(request.key);
        terminal.print(isJson ? `${JSON.stringify(request)}\n` : lineOf(request, look));
      }
      if (printed.size > REMEMBERED)
        for (const key of [...printed].slice(0, REMEMBERED / 2)) printed.delete(key);
      lost = value.counters.dropped;
      return value.state !== 'ended';
    },
    untilOf(settings, null),
  );
  if (lost === null) {
    terminal.say(NOTHING_SAID);
    return EXIT_UNSEEN;
  }
  terminal.say(
    `${printed.size} requests printed${lost > 0 ? `, ${lost} were pushed out by newer ones` : ''}`,
  );
  return EXIT_OK;
}

const LOCKS: Readonly<Record<LockState, Sign>> = {
  secured: 'well',
  mixed: 'mixed',
  plaintext: 'plaintext',
  opaque: 'plaintext',
  unknown: 'unknown',
};

function lineOf(request: TappedRequest, look: Looking<typeof FLAGS>['look']): string {
  const { at, from, to, method, authority, path, outcome, latencyMs, succeeded, lock } = request;
  const sign = succeeded === false ? 'bad' : LOCKS[lock.state];
  const figures = `${padded(outcome ?? '', 3, true)}  ${padded(cell(shortDuration(latencyMs)), 7, true)}`;
  const words = `${peerText(from)} → ${peerText(to)}  ${method} ${authority}${path}`;
  return `${signText(sign, look)}  ${at.slice(11, 23)}  ${spelled(harmless(`${figures}  ${words}`), look)}\n`;
}
