// latchwork routes: what each route does, and how its requests are split between backends.

import { routesCsv } from '@latchwork/figures/csv/routes-csv';
import { boundsOf } from '@latchwork/figures/latency';
import { wholePercentText } from '@latchwork/figures/percent';
import { rate } from '@latchwork/figures/rate';
import { backendName, routeKind, routeTitle } from '@latchwork/figures/routes/route-words';
import { BACKEND_BOUNDS_MS, verdicts } from '@latchwork/figures/routes/split-words';
import type { Targets } from '@latchwork/figures/targets';
import type { Golden } from '@latchwork/shared/golden';
import type { Route, RouteBackend } from '@latchwork/shared/routes/routes';
import { FORMATS, formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { type Resource, resourcesOf } from './asking/resources.ts';
import { scopeOf } from './asking/scope-of.ts';
import { exitOf, ROUTES_NEED } from './asking/seen.ts';
import { cell, DASH, goldenSign, latencyCell, successCell } from './printing/cells.ts';
import { sayAbout } from './printing/said.ts';
import type { Sign } from './printing/sign.ts';
import { figures, tableText, words } from './printing/text-table.ts';

const KINDS = ['service', 'server', 'egressnetwork', 'all'];

const FLAGS = { ...SCOPE_FLAGS, ...outputFlags(FORMATS) } as const;

export const routes = lookingCommand({
  word: 'routes',
  takes: '[svc[/NAME]…]',
  about: [
    'Routes of those Services (servers, egressnetworks), as their callers count them; without one, all.',
  ],
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
  const [about, answer] = await Promise.all([asking.about(), asking.ask('routes', scopeOf(settings))]);
  const shown = answer.routes.filter(({ parent }) => isAsked(parent, resources));
  const format = formatOf(settings);
  if (format === 'json') terminal.print(`${JSON.stringify({ ...answer, routes: shown })}\n`);
  else if (format === 'csv') terminal.print(routesCsv(shown));
  else {
    const targets = { ...about, bounds: boundsOf(answer) };
    const rows = shown.flatMap((route) => toLines(route, targets));
    terminal.print(tableText({ rows, columns: COLUMNS, sign: ({ sign }) => sign }, look));
    const said = shown.flatMap(verdictLine);
    if (said.length > 0) terminal.print(`\n${said.join('\n')}\n`);
  }
  sayAbout(answer, terminal.say);
  if (shown.length === 0) terminal.say('no route there, and no request that took one');
  return exitOf(answer.parts, ROUTES_NEED, shown.length === 0);
}

function isAsked(parent: string, resources: readonly Resource[]): boolean {
  const [, kind = '', name = ''] = parent.split('/');
  return (
    resources.length === 0 ||
    resources.some((each) => (each.kind === 'all' || each.kind === kind) && (each.name ?? name) === name)
  );
}

/** One line of the table: of a route, of what it tried, or of a backend. */
interface Line {
  readonly sign: Sign;
  readonly parent: string;
  readonly name: string;
  readonly kind: string;
  readonly split: string;
  readonly rps: string;
  readonly success: string;
  readonly quantiles: readonly [string, string, string];
  readonly retries: string;
  readonly timeouts: string;
  readonly refused: string;
  readonly why: string;
}

const NO_TIMES = [DASH, DASH, DASH] as const;
const NOTHING: Omit<Line, 'sign' | 'name' | 'rps' | 'success'> = {
  ...{ parent: '', kind: '', split: '', retries: '', timeouts: '', refused: '', why: '' },
  quantiles: NO_TIMES,
};

const COLUMNS = [
  words<Line>('PARENT', ({ parent }) => parent),
  words<Line>('ROUTE', ({ name }) => name),
  words<Line>('KIND', ({ kind }) => kind, 7),
  figures<Line>('WEIGHT/SEEN', ({ split }) => split, 1),
  figures<Line>('RATE', ({ rps }) => rps),
  figures<Line>('SUCCESS', ({ success }) => success),
  figures<Line>('P50', ({ quantiles }) => quantiles[0], 5),
  figures<Line>('P95', ({ quantiles }) => quantiles[1], 2),
  figures<Line>('P99', ({ quantiles }) => quantiles[2], 6),
  figures<Line>('RETRIES', ({ retries }) => retries, 3),
  figures<Line>('TIMEOUTS', ({ timeouts }) => timeouts, 4),
  figures<Line>('REFUSED', ({ refused }) => refused, 3),
  words<Line>('WHY', ({ why }) => why, 8),
];

function toLines(route: Route, targets: Targets): Line[] {
  const { golden, retries, timeouts, refused, finding, backends, parent } = route;
  const [namespace = '', , name = ''] = parent.split('/');
  const own = {
    ...targets,
    bounds: route.latencyBoundsMs.length > 0 ? route.latencyBoundsMs : targets.bounds,
  };
  const isWrong = finding !== null && finding.severity !== 'info';
  const line: Line = {
    sign: isWrong ? 'warn' : (goldenSign(golden, own) ?? (refused === null ? 'none' : 'refused')),
    parent: `${namespace}/${name}`,
    name: routeTitle(route),
    kind: routeKind(route),
    split: '',
    ...told(golden, own),
    retries: cell(retries && rate(retries.perSecond)),
    timeouts: cell(rate(timeouts)),
    refused: cell(rate(refused)),
    why:
      golden === null || isWrong
        ? (finding?.what ?? '')
        : route.counts === 'connections'
          ? 'connections, counted when they end'
          : '',
  };
  const split = backends.length > 1 ? backends : [];
  return [
    line,
    ...(route.tried ? [triedLine(route.tried, split.length === 0)] : []),
    ...split.map((backend, i) => backendLine(backend, namespace, i === split.length - 1, targets)),
  ];
}

function told(golden: Golden | null, targets: Targets): Pick<Line, 'rps' | 'success' | 'quantiles'> {
  return {
    rps: cell(golden && rate(golden.rps)),
    success: successCell(golden, targets),
    quantiles: [
      latencyCell(golden?.p50Ms, targets),
      latencyCell(golden?.p95Ms, targets),
      latencyCell(golden?.p99Ms, targets),
    ],
  };
}

function triedLine({ rps, successRate }: NonNullable<Route['tried']>, isLast: boolean): Line {
  return {
    ...NOTHING,
    sign: 'none',
    name: `${isLast ? '└─' : '├─'} tried`,
    rps: cell(rate(rps)),
    success: successRate === null ? DASH : `${(Math.floor(successRate * 1000) / 10).toFixed(1)} %`,
  };
}

function backendLine(
  { target, weight, share, golden }: RouteBackend,
  namespace: string,
  isLast: boolean,
  targets: Targets,
): Line {
  const bounded = { ...targets, bounds: BACKEND_BOUNDS_MS };
  return {
    ...NOTHING,
    sign: goldenSign(golden, bounded) ?? 'none',
    name: `${isLast ? '└─' : '├─'} ${backendName(target, namespace)}`,
    split: `${weight === null ? DASH : wholePercentText(weight).replace(' %', '')} / ${wholePercentText(share)}`,
    ...told(golden, bounded),
  };
}

function verdictLine({ backends, parent }: Route): string[] {
  const [namespace = ''] = parent.split('/');
  return verdicts(backends, (target) => backendName(target, namespace), BACKEND_BOUNDS_MS).map(
    ({ about, headline, basis }) => `${about === 'success' ? 'Success: ' : ''}${headline} (${basis})`,
  );
}
