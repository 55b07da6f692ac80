// No command ends well when what it was asked for could not be seen.

import type { Parts } from '@latchwork/shared/parts';
import { PATHS } from '@latchwork/shared/paths';
import type { Route } from '@latchwork/shared/routes/routes';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authz } from '../../src/commands/authz.ts';
import type { Command } from '../../src/commands/command.ts';
import { edges } from '../../src/commands/edges.ts';
import { graph } from '../../src/commands/graph.ts';
import { routes } from '../../src/commands/routes.ts';
import { stat } from '../../src/commands/stat.ts';
import { buildTestApp } from '../build-test-app.ts';
import { runCommand } from '../commands/run-command.ts';
import { neighbourly } from '../embed/embed-parts.ts';
import { startHttpStore } from '../inputs/http-store.ts';

const ROUTE: Route = {
  ...{ id: 'r', kind: 'default', group: '', namespace: 'shop', parent: 'shop/service/web', name: 'http' },
  ...{ rule: null, matches: null, backends: [], golden: null, tried: null, retries: null, timeouts: null },
  ...{ refused: null, latencyBoundsMs: [], weightsSince: null, counts: 'requests', finding: null },
};

/** A server with the answers of a test app, as `told` changes them. */
async function serverOf(told: (value: object, path: string, form: URLSearchParams) => object) {
  const app = await buildTestApp({ fakes: { answers: neighbourly() } });
  const server = await startHttpStore();
  onTestFinished(() => server.close());
  server.answer = async (response, { path, form }) => {
    const asked = path === PATHS.routes ? PATHS.graph : path;
    response.end(JSON.stringify(told((await app.inject(`${asked}?${form}`)).json(), path, form)));
  };
  return server;
}

/** Against a server whose answers stand so. */
async function ran(command: Command, parts: Parts, ...args: string[]) {
  const server = await serverOf((value, path) => ({
    ...value,
    ...('parts' in value ? { parts } : {}),
    ...(path === PATHS.routes ? { routes: [ROUTE] } : {}),
  }));
  return runCommand(command, ['--url', server.url, ...args]);
}

const SINCE = '2026-11-23T15:47:10Z';
const failed = (name: string): Parts => ({ [name]: { state: 'failed', since: SINCE, message: 'gone' } });
const stale = (name: string): Parts => ({
  [name]: { state: 'stale', since: SINCE, message: 'gone', at: SINCE },
});

const COMMANDS: readonly (readonly [string, Command, readonly string[], part: string])[] = [
  ['edges', edges, [], 'outbound'],
  ['edges as JSON', edges, ['-o', 'json'], 'connections'],
  ['graph', graph, ['-o', 'mermaid'], 'inbound'],
  ['stat', stat, [], 'podResponses'],
  ['stat of Services', stat, ['all'], 'serviceLatency'],
  ['stat of both ends', stat, ['deploy', '--from', 'deploy'], 'outbound'],
  ['routes', routes, [], 'routeBackends'],
  ['authz', authz, [], 'policyDecisions'],
];

describe.each(COMMANDS)('%s', (_, command, args, part) => {
  it('ends with 0 when all of it was answered', async () => {
    const others = { ...failed('history'), ...failed('kubernetes:jobs'), ...failed('rules') };
    expect((await ran(command, others, ...args)).code).toBe(0);
  });

  it('prints what there is and ends with 3 when a part of it was not answered, or is old', async () => {
    const whole = await ran(command, {}, ...args, '-o', 'csv');
    expect(whole.code).toBe(0);
    for (const parts of [failed(part), stale(part), failed('store')]) {
      const { code, err, out } = await ran(command, parts, ...args, '-o', 'csv');
      expect({ code, out }).toEqual({ code: 3, out: whole.out });
      expect(err).toMatch(/^could not read \S+( since .*, what is told of it is older)?: gone$/m);
    }
  });
});

it('stat and edges end with 3 when there is nothing of that name', async () => {
  for (const command of [stat, edges]) expect((await ran(command, {}, 'deploy/nobody')).code).toBe(3);
});

it('edges pod ends so where one of its namespaces is not told, and does not say that nothing called there', async () => {
  const server = await serverOf((value, _, form) =>
    form.get('where') === 'office' ? { ...value, edges: [], more: 0, untold: 'it waits for others' } : value,
  );
  const asked = ['pod', '--url', server.url];
  const [both, alone] = [
    await runCommand(edges, [...asked, '-n', 'shop', '-n', 'office', '-o', 'json']),
    await runCommand(edges, [...asked, '-n', 'office']),
  ];
  expect([both.code, JSON.parse(both.out).untold]).toEqual([3, 'office: it waits for others']);
  expect([alone.code, alone.err]).toEqual([3, expect.not.stringMatching(/no pod calls/)]);
});
