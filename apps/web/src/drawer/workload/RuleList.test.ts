import type { PolicyRow } from '@latchwork/shared/policies';
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { stage } from '../../test-data/stage.ts';
import { snapshot, WEB } from '../../test-data/workloads.ts';

const { workloads: _, ...SNAPSHOT } = snapshot([]);
const since = '2026-11-23T15:47:10Z';
const RULE: PolicyRow = {
  ...{ id: 'a', workload: WEB.id, route: null, golden: null, moreClients: 0, authorization: null },
  server: { kind: 'server', name: 'web-http', port: '8080' },
  decisions: {
    ...{ allowed: 0, audited: 0, denied: 0.9, unmatched: 0, rateLimited: 0 },
    ...{ connectionsAllowed: 0, connectionsDenied: 0 },
  },
  clients: [],
};

async function open(state: 'fresh' | 'failed', rows: PolicyRow[]) {
  const message = state === 'failed' ? 'query timed out' : null;
  const parts = { policyResponses: { state, since, message } };
  const all = stage(`?view=workloads&selected=${WEB.id}`, {
    workloads: snapshot([WEB]),
    policies: { ...SNAPSHOT, parts, rows },
  });
  await fireEvent.click(await screen.findByRole('button', { name: 'What let requests in' }));
  return all;
}

it('says why there are no rules, and not that nothing arrived', async () => {
  await open('failed', []);
  expect((await screen.findByText('Query timed out.')).getAttribute('role')).toBe('alert');
  expect(screen.queryByText(/Nothing arrived/)).toBeNull();
});

it('keeps the rules that are there when no newer ones come', async () => {
  const { trouble } = await open('fresh', [RULE]);
  expect(await screen.findByText('web-http:8080')).toBeTruthy();
  expect(screen.getByText('linkerd viz authz deployment/web -n shop -t 1m')).toBeTruthy();
  trouble('policies', 'Prometheus is away');
  expect(await screen.findByText('Prometheus is away.')).toBeTruthy();
  expect(screen.getByText('web-http:8080')).toBeTruthy();
});

it('has what each Server and route served, as stat-inbound prints it', async () => {
  const golden = {
    ...{ rps: 1.7, successRate: 0.9804, requests: 102, failures: 2 },
    ...{ p50Ms: 31, p95Ms: 73.7, p99Ms: 94.8 },
  };
  const route = { kind: 'HTTPRoute', group: 'policy.linkerd.io', name: 'web-quotes' };
  await open('fresh', [{ ...RULE, route, golden }]);
  const row = (await screen.findByText('web-http:8080')).closest('li');
  expect(row?.textContent?.replaceAll(/\s+/g, ' ')).toMatch(
    /web-quotes .*1\.70\/s .*p50 31.*p95 7\d.*p99 9\d/,
  );
});
