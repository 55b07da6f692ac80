import type { Route } from '@latchwork/shared/routes/routes';
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { stage } from '../../test-data/stage.ts';
import { snapshot, WEB } from '../../test-data/workloads.ts';

const { workloads: _, ...SNAPSHOT } = snapshot([]);
const since = '2026-11-23T15:47:10Z';
const golden = (rps: number, failures = 0) => ({
  ...{ rps, requests: rps * 60, failures, successRate: 1 - failures / (rps * 60) },
  ...{ p50Ms: 20, p95Ms: 90, p99Ms: 95 },
});
const SPLIT: Route = {
  ...{ id: 'split', kind: 'HTTPRoute', group: '', namespace: 'shop', parent: 'shop/service/catalog' },
  ...{
    name: 'catalog-split',
    rule: 0,
    matches: [],
    golden: golden(8),
    tried: null,
    timeouts: 0.1,
    refused: null,
  },
  retries: { perSecond: 0.4, succeededPerSecond: 0.3 },
  backends: [
    { target: 'shop/service/stable', weight: 0.8, share: 0.5, golden: golden(4) },
    { target: 'shop/service/canary', weight: 0.2, share: 0.5, golden: golden(4, 12) },
  ],
  ...{ latencyBoundsMs: [50, 500], weightsSince: null, counts: 'requests', finding: null },
};

async function open(state: 'fresh' | 'failed', routes: Route[], untold: string | null = null) {
  const message = state === 'failed' ? 'query timed out' : null;
  const parts = { callRequests: { state, since, message } };
  const all = stage(`?view=workloads&selected=${WEB.id}`, {
    workloads: snapshot([WEB]),
    calls: { ...SNAPSHOT, parts, routes, untold },
  });
  await fireEvent.click(await screen.findByRole('button', { name: 'What its calls took' }));
  return all;
}

it('has each route with its backends, what was tried again, and the command that says the same', async () => {
  await open('fresh', [SPLIT]);
  expect(
    await screen.findByText(/0\.40\/s retried, 0\.30\/s of them with success; 0\.10\/s timed out/),
  ).toBeTruthy();
  expect(screen.getByText(/canary, weight 20 %, got 50\.0 %/)).toBeTruthy();
  expect(screen.getByText('linkerd viz stat-outbound deployment/web -n shop -t 1m')).toBeTruthy();
});

it('says why there are none, and not that nothing was called', async () => {
  await open('failed', []);
  expect((await screen.findByText('Query timed out.')).getAttribute('role')).toBe('alert');
  expect(screen.queryByText(/It called no Service/)).toBeNull();
});

it('says that others are looked at first, and not that the routes are coming', async () => {
  await open('fresh', [], 'others are looked at first');
  expect(await screen.findByText('Others are looked at first.')).toBeTruthy();
  expect(screen.queryByText(/are coming|called no Service/)).toBeNull();
});
