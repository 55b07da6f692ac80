// latchwork top: live requests folded into rows, the most first.

import { count } from '@latchwork/figures/count';
import { type CsvColumn, csv } from '@latchwork/figures/csv/csv';
import { shortDuration } from '@latchwork/figures/latency';
import { toldCounts } from '@latchwork/figures/success';
import type { Top, TopPeer, TopRow } from '@latchwork/shared/tap/top';
import { toggle } from '../flags/flag.ts';
import { AskTrouble } from './asking/asking.ts';
import { FORMATS, formatOf, outputFlags } from './asking/asking-flags.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { EXIT_OK, EXIT_UNSEEN } from './command.ts';
import { cell, DASH } from './printing/cells.ts';
import type { Sign } from './printing/sign.ts';
import { figures, tableText, words } from './printing/text-table.ts';
import { NOTHING_SAID, TAPPING_FLAGS, tapParams, untilOf } from './tapping.ts';

const HERE = { hasVariable: false };
/** What is printed once is of so long. */
const SECONDS = 10;

const FLAGS = {
  ...TAPPING_FLAGS,
  hideSources: toggle('hide-sources', 'Without who called', HERE),
  watch: toggle('watch', 'Print it again while requests come, until interrupted', { ...HERE, short: 'w' }),
  ...outputFlags(FORMATS),
} as const;

export const top = lookingCommand({
  word: 'top',
  takes: 'TYPE/NAME',
  about: [
    `Watches for ${SECONDS} s and prints what came, or with --watch goes on. It needs the right to tap.`,
  ],
  flags: FLAGS,
  check: ({ settings, words: given }) => void tapParams(settings, given),
  run: print,
});

async function print(looking: Looking<typeof FLAGS>): Promise<number> {
  const { settings, words: given, asking, terminal, look } = looking;
  const { successTarget } = await asking.about();
  let last: Top | null = null;
  const show = (value: Top) => {
    const rows = [...value.rows].sort((a, b) => b.count - a.count);
    const format = formatOf(settings);
    if (format === 'json') terminal.print(`${JSON.stringify({ ...value, rows })}\n`);
    else if (format === 'csv') terminal.print(csv(rows, CSV));
    else terminal.print(table(rows, successTarget, looking));
  };
  const until = untilOf(settings, settings.watch ? null : SECONDS);
  await asking.follow(
    'top',
    tapParams(settings, given),
    (value) => {
      last = value;
      if (value.state === 'failed')
        throw new AskTrouble([value.message, value.remedy].filter(Boolean).join(': '));
      if (settings.watch) {
        if (look.columns !== null) terminal.print('\u001b[2J\u001b[H');
        show(value);
      }
      return value.state !== 'ended';
    },
    until,
  );
  if (!settings.watch && last !== null) show(last);
  if (last === null) {
    terminal.say(NOTHING_SAID);
    return EXIT_UNSEEN;
  }
  sayCounters(last, terminal.say);
  return EXIT_OK;
}

function sayCounters(value: Top, say: (line: string) => void): void {
  const { requests, hidden = 0, limitRps, aboutRps } = value.counters;
  const share = aboutRps === null ? '' : `, of about ${aboutRps.toFixed(1)} a second`;
  say(
    `${count(requests)} requests seen, at most ${limitRps} a second are${share}; ${count(hidden)} left out as noise`,
  );
}

function table(
  rows: readonly TopRow[],
  successTarget: number,
  { look, settings }: Looking<typeof FLAGS>,
): string {
  const success = ({ ended, successes }: TopRow) =>
    ended === 0 ? DASH : cell(toldCounts(ended - successes, ended, successTarget).figure);
  const columns = [
    ...(settings.hideSources ? [] : [words<TopRow>('FROM', ({ source }) => peerText(source))]),
    words<TopRow>('TO', ({ target }) => peerText(target)),
    words<TopRow>('METHOD', ({ method }) => method),
    words<TopRow>('PATH', ({ path }) => path),
    words<TopRow>('ROUTE', ({ route }) => route ?? '', 6),
    figures<TopRow>('COUNT', (row) => count(row.count)),
    figures<TopRow>('BEST', ({ bestMs }) => cell(shortDuration(bestMs)), 4),
    figures<TopRow>('MEDIAN', ({ medianMs }) => cell(shortDuration(medianMs)), 3),
    figures<TopRow>('WORST', ({ worstMs }) => cell(shortDuration(worstMs)), 2),
    figures<TopRow>('LAST', ({ lastMs }) => cell(shortDuration(lastMs)), 5),
    figures('SUCCESS', success, 1),
  ];
  return tableText({ rows, columns, sign: (row) => signOf(row, successTarget) }, look);
}

export function peerText({ label, namespace }: TopPeer): string {
  return namespace === null ? label : `${namespace}/${label}`;
}

function signOf({ lock, ended, successes }: TopRow, successTarget: number): Sign {
  const tone = ended === 0 ? 'good' : toldCounts(ended - successes, ended, successTarget).tone;
  if (tone === 'bad' || tone === 'warn') return tone;
  if (lock.state === 'secured') return 'well';
  return lock.state === 'mixed' ? 'mixed' : lock.state === 'unknown' ? 'unknown' : 'plaintext';
}

const CSV: readonly CsvColumn<TopRow>[] = [
  ['source', ({ source }) => source.id ?? source.label],
  ['target', ({ target }) => target.id ?? target.label],
  ['method', ({ method }) => method],
  ['authority', ({ authority }) => authority],
  ['path', ({ path }) => path],
  ['route', ({ route }) => route],
  ['count', (row) => row.count],
  ['ended', ({ ended }) => ended],
  ['successes', ({ successes }) => successes],
  ['best_ms', ({ bestMs }) => bestMs],
  ['median_ms', ({ medianMs }) => medianMs],
  ['worst_ms', ({ worstMs }) => worstMs],
  ['last_ms', ({ lastMs }) => lastMs],
  ['lock', ({ lock }) => lock.state],
];
