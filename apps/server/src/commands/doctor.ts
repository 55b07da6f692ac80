// latchwork doctor: why there is no data, of the mesh or of one workload. It stops at the first cause that is so.

import type { Doctor, DoctorState, DoctorStep } from '@latchwork/shared/health/doctor';
import type { DoctorParams } from '@latchwork/shared/live/live';
import { formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import type { Look } from './asking/look.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { resourcesOf, WORKLOAD_KINDS } from './asking/resources.ts';
import { scopeOf } from './asking/scope-of.ts';
import { EXIT_FOUND, EXIT_OK } from './command.ts';
import { type Sign, signText, spelled } from './printing/sign.ts';
import { harmless, padded } from './printing/text-width.ts';

const FLAGS = { ...SCOPE_FLAGS, ...outputFlags(['table', 'json']) } as const;

const SIGNS: Readonly<Record<DoctorState, Sign>> = {
  ok: 'well',
  failed: 'bad',
  unknown: 'unknown',
  skipped: 'skipped',
};

export const doctor = lookingCommand({
  word: 'doctor',
  takes: '[NAMESPACE/TYPE/NAME | TYPE/NAME]',
  about: [
    'The known causes of an empty number, tested in order up to the first that is so, with what to do.',
    'Without a workload of the mesh as a whole. Exit code 1 when a cause is found.',
  ],
  flags: FLAGS,
  check: ({ words, settings }) => void workloadOf(words, settings.namespaces),
  run: print,
});

/** The id of the workload that the words name; null without any. */
function workloadOf(words: readonly string[], namespaces: readonly string[]): string | null {
  const [first = '', ...more] = words;
  if (first === '') return null;
  const parts = first.split('/');
  const [place, rest] =
    parts.length === 3 ? [parts[0], [parts.slice(1).join('/'), ...more]] : [namespaces[0], words];
  const [resource, ...others] = resourcesOf(rest, WORKLOAD_KINDS);
  if (!place || !resource?.name || others.length > 0)
    throw new Error(
      `"${words.join(' ')}" names no workload: write NAMESPACE/TYPE/NAME, such as harbour/deploy/web, or TYPE/NAME with --namespace`,
    );
  return `${place}/${resource.kind}/${resource.name}`;
}

async function print({ settings, words, asking, terminal, look }: Looking<typeof FLAGS>): Promise<number> {
  const workload = workloadOf(words, settings.namespaces);
  const { window, at, cluster } = scopeOf(settings);
  const params: DoctorParams = {
    ...(workload === null ? {} : { workload }),
    ...(window === undefined ? {} : { window }),
    ...(at === undefined ? {} : { at }),
    ...(cluster === undefined ? {} : { cluster }),
  };
  const value = await asking.ask('doctor', params);
  if (formatOf(settings) === 'json') terminal.print(`${JSON.stringify(value)}\n`);
  else terminal.print(spelled(textOf(value, look), look));
  return value.cause === null ? EXIT_OK : EXIT_FOUND;
}

function textOf({ workload, steps, cause }: Doctor, look: Look): string {
  const width = Math.max(...steps.map(({ title }) => title.length));
  const who = workload === null ? 'The mesh' : workload;
  return [
    `${harmless(who)}: why is there no data?`,
    '',
    ...steps.flatMap((step) => linesOf(step, width, look)),
    ...(cause === null ? ['', 'None of the known causes: there should be numbers.'] : []),
    '',
  ].join('\n');
}

function linesOf({ title, state, evidence, finding }: DoctorStep, width: number, look: Look): string[] {
  const said = state === 'skipped' ? 'not asked' : (evidence ?? '');
  const line =
    `${signText(SIGNS[state], look)} ${padded(harmless(title), width)}  ${harmless(said)}`.trimEnd();
  if (finding === null) return [line];
  const { remedy, command, causes = [], missingRight } = finding;
  const indented = (text: string, by: number) =>
    text.split('\n').map((each) => `${' '.repeat(by)}${harmless(each)}`);
  return [
    line,
    ...(missingRight ? indented(`missing right: ${missingRight}`, 2) : []),
    ...indented(remedy, 2),
    ...(command ? indented(command, 4) : []),
    ...causes.flatMap((one) => [
      ...indented(`- ${one.what} ${one.tell}`, 2),
      ...indented(one.remedy, 4),
      ...(one.command ? indented(one.command, 6) : []),
    ]),
  ];
}
