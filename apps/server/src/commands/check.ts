// latchwork check: the health of the mesh in the form of linkerd check, with an exit code for pipelines.

import { counted } from '@latchwork/figures/count';
import type { Check, CheckState } from '@latchwork/shared/health/check';
import type { Checks } from '@latchwork/shared/health/checks';
import { toggle } from '../flags/flag.ts';
import { formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import type { Look } from './asking/look.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { scopeOf } from './asking/scope-of.ts';
import { EXIT_FOUND, EXIT_OK, EXIT_UNSEEN } from './command.ts';
import { type Sign, signText, spelled } from './printing/sign.ts';
import { harmless } from './printing/text-width.ts';

const HERE = { hasVariable: false };

const FLAGS = {
  ...SCOPE_FLAGS,
  strict: toggle('strict', 'Exit code 1 for what is to be looked at, too, and for what cannot be told', HERE),
  ...outputFlags(['table', 'short', 'json']),
} as const;

const SIGNS: Readonly<Record<CheckState, Sign>> = {
  ok: 'well',
  warning: 'warn',
  failed: 'bad',
  unknown: 'unknown',
};

export const check = lookingCommand({
  word: 'check',
  takes: '',
  about: [
    'What linkerd check, check --proxy, viz check and multicluster check ask, under their own names, and more.',
    'Exit code 1 when a check fails, 3 when neither Kubernetes nor Prometheus answers.',
    '-o short leaves out what is well. No Secret is read, and nobody outside of the cluster is asked.',
  ],
  flags: FLAGS,
  run: print,
});

async function print({ settings, asking, terminal, look }: Looking<typeof FLAGS>): Promise<number> {
  const value = await asking.ask('checks', scopeOf(settings));
  const format = formatOf(settings);
  if (format === 'json') terminal.print(`${JSON.stringify(value)}\n`);
  else terminal.print(spelled(textOf(value, format === 'short', look), look));
  return exitOf(value, settings.strict);
}

function exitOf({ checks, parts }: Checks, isStrict: boolean): number {
  const isBlind = ['prometheus', 'inventory'].every((part) => parts[part]?.state === 'failed');
  if (isBlind) return EXIT_UNSEEN;
  const bad = checks.filter(({ state }) => state === 'failed' || (isStrict && state !== 'ok'));
  return bad.length > 0 ? EXIT_FOUND : EXIT_OK;
}

function textOf({ checks }: Checks, isShort: boolean, look: Look): string {
  const shown = isShort ? checks.filter(({ state }) => state !== 'ok') : checks;
  const groups = [...Map.groupBy(shown, ({ category }) => category)];
  const told = groups.map(([category, own]) =>
    [category, '-'.repeat(category.length), ...own.flatMap((one) => linesOf(one, look))].join('\n'),
  );
  return `${[...told, footOf(checks, look)].join('\n\n')}\n`;
}

function linesOf({ id, title, state, evidence, finding, category }: Check, look: Look): string[] {
  const line = `${signText(SIGNS[state], look)} ${harmless(title)}`;
  if (finding === null) return [line];
  const { remedy, command, causes = [], missingRight } = finding;
  const under = [
    ...(evidence ? [evidence] : []),
    ...(missingRight ? [`missing right: ${missingRight}`] : []),
    ...(remedy ? [remedy] : []),
    ...(command ? linesIn(command) : []),
    ...causes.flatMap((one) => [
      `- ${one.what} ${one.tell}`,
      ...linesIn(one.remedy),
      ...(one.command ? linesIn(one.command) : []),
    ]),
    // Those of our own have no page there.
    ...(isLinkerds(category) ? [`see https://linkerd.io/2/checks/#${id.split('/')[0]}`] : []),
  ];
  return [line, ...under.map((each) => `    ${harmless(each)}`)];
}

function linesIn(text: string): string[] {
  return text.split('\n').map((each) => `  ${each}`);
}

function isLinkerds(category: string): boolean {
  return /^(linkerd|kubernetes|control-plane|gateway-api)/.test(category);
}

function footOf(checks: readonly Check[], look: Look): string {
  const of = (state: CheckState) => checks.filter((one) => one.state === state).length;
  const worst = (['failed', 'warning', 'unknown'] as const).find((state) => of(state) > 0) ?? 'ok';
  const unknown = of('unknown');
  return [
    `${counted(of('failed'), 'failed', 'failed')}, ${of('warning')} to look at, ${of('ok')} well${unknown > 0 ? `, ${unknown} that cannot be told` : ''}`,
    `Status check results are ${signText(SIGNS[worst], look)}`,
  ].join('\n');
}
