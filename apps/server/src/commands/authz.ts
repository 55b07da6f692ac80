// latchwork authz: what policy let in and turned away, by Server, route and authorization.

import { type CsvColumn, csv } from '@latchwork/figures/csv/csv';
import { boundsOf } from '@latchwork/figures/latency';
import { authorizationText, clientText, routeText, serverText } from '@latchwork/figures/policy-words';
import { rate, rateText } from '@latchwork/figures/rate';
import type { Targets } from '@latchwork/figures/targets';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { PolicyRow } from '@latchwork/shared/policies';
import type { Decisions } from '@latchwork/shared/stat';
import { toggle } from '../flags/flag.ts';
import { FORMATS, formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import type { Look } from './asking/look.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { matches, resourcesOf, WORKLOAD_KINDS } from './asking/resources.ts';
import { scopeOf } from './asking/scope-of.ts';
import { exitOf, POLICIES_NEED } from './asking/seen.ts';
import { cell, goldenSign, latencyCell, successCell } from './printing/cells.ts';
import { sayAbout } from './printing/said.ts';
import type { Sign } from './printing/sign.ts';
import { figures, tableText, words } from './printing/text-table.ts';

const KINDS = [...WORKLOAD_KINDS, 'namespace', 'all'];

const FLAGS = {
  ...SCOPE_FLAGS,
  clients: toggle('clients', 'Under each rule who called, by identity', { hasVariable: false }),
  ...outputFlags(FORMATS),
} as const;

export const authz = lookingCommand({
  word: 'authz',
  takes: '[TYPE[/NAME]…]',
  about: ['Of those workloads, as their own proxies count what arrives; without one, of all.'],
  flags: FLAGS,
  check: ({ words: given }) => void resourcesOf(given, KINDS),
  run: print,
});

async function print({
  settings,
  words: given,
  asking,
  terminal,
  look,
}: Looking<typeof FLAGS>): Promise<number> {
  const resources = resourcesOf(given, KINDS);
  const [about, answer] = await Promise.all([asking.about(), asking.ask('policies', scopeOf(settings))]);
  const rows = answer.rows.filter(({ workload }) => {
    const named = parseNodeId(workload);
    if (named?.type !== 'workload') return false;
    const { namespace, kind, name } = named;
    return (
      matches(resources, { kind, name }) ||
      (resources.length > 0 && matches(resources, { kind: 'namespace', name: namespace }))
    );
  });
  const format = formatOf(settings);
  if (format === 'json') terminal.print(`${JSON.stringify({ ...answer, rows })}\n`);
  else if (format === 'csv') terminal.print(csv(rows, CSV));
  else terminal.print(table(rows, { ...about, bounds: boundsOf(answer) }, look, settings.clients));
  sayAbout(answer, terminal.say);
  if (rows.length === 0) terminal.say('nothing arrived there in this window that policy decided about');
  return exitOf(answer.parts, POLICIES_NEED, rows.length === 0);
}

function table(rows: readonly PolicyRow[], targets: Targets, look: Look, withClients: boolean): string {
  const columns = [
    words<PolicyRow>('WORKLOAD', ({ workload }) => workload.replace(/\/[^/]+\//, '/')),
    words('SERVER', serverText),
    words('ROUTE', routeText),
    words('AUTHORIZATION', authorizationText),
    decided('ALLOWED', 'allowed', 3),
    decided('DENIED', 'denied', 2),
    decided('NO ROUTE', 'unmatched', 4),
    decided('LIMITED', 'rateLimited', 4),
    decided('AUDITED', 'audited', 5),
    figures<PolicyRow>('RATE', ({ golden }) => cell(golden && rate(golden.rps)), 3),
    figures<PolicyRow>('SUCCESS', ({ golden }) => successCell(golden, targets), 6),
    figures<PolicyRow>('P50', ({ golden }) => latencyCell(golden?.p50Ms, targets), 8),
    figures<PolicyRow>('P95', ({ golden }) => latencyCell(golden?.p95Ms, targets), 7),
    figures<PolicyRow>('P99', ({ golden }) => latencyCell(golden?.p99Ms, targets), 9),
  ];
  const under = ({ clients, moreClients }: PolicyRow) => [
    ...clients.map(
      (client) =>
        `${clientText(client)}  ${rateText(client.rps)}${client.refused > 0 ? `, ${rateText(client.refused)} refused` : ''}`,
    ),
    ...(moreClients > 0 ? [`and ${moreClients} more`] : []),
  ];
  return tableText(
    { rows, columns, sign: (row) => signOf(row, targets), ...(withClients ? { under } : {}) },
    look,
  );
}

function decided(head: string, what: keyof Decisions, leaves: number) {
  return figures<PolicyRow>(head, ({ decisions }) => cell(rate(decisions[what])), leaves);
}

function signOf({ golden, decisions }: PolicyRow, targets: Targets): Sign {
  const { denied, unmatched, rateLimited, connectionsDenied } = decisions;
  if (denied + unmatched + rateLimited + connectionsDenied > 0) return 'refused';
  return goldenSign(golden, targets) ?? 'well';
}

const CSV: readonly CsvColumn<PolicyRow>[] = [
  ['workload', ({ workload }) => workload],
  ['server', serverText],
  ['route', routeText],
  ['authorization', authorizationText],
  ['allowed_per_second', ({ decisions }) => decisions.allowed],
  ['denied_per_second', ({ decisions }) => decisions.denied],
  ['unmatched_per_second', ({ decisions }) => decisions.unmatched],
  ['rate_limited_per_second', ({ decisions }) => decisions.rateLimited],
  ['audited_per_second', ({ decisions }) => decisions.audited],
  ['requests_per_second', ({ golden }) => golden?.rps],
  ['success_rate', ({ golden }) => golden?.successRate],
  ['p50_ms', ({ golden }) => golden?.p50Ms],
  ['p95_ms', ({ golden }) => golden?.p95Ms],
  ['p99_ms', ({ golden }) => golden?.p99Ms],
  ['clients', ({ clients }) => clients.map(clientText).join('; ')],
];
