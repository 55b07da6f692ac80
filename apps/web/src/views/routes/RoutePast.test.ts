import type { RoutePast } from '@latchwork/shared/routes/route-past';
import type { Route } from '@latchwork/shared/routes/routes';
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { stage } from '../../test-data/stage.ts';
import { snapshot } from '../../test-data/workloads.ts';

const { workloads: _, ...SNAPSHOT } = snapshot([]);
const backend = (target: string, weight: number) => ({ target, weight, share: null, golden: null });
const SPLIT: Route = {
  ...{ id: 'split', kind: 'HTTPRoute', group: '', namespace: 'shop', parent: 'shop/service/catalog' },
  ...{
    name: 'catalog-split',
    rule: 0,
    matches: [],
    golden: null,
    tried: null,
    retries: null,
    timeouts: null,
  },
  ...{ refused: null, latencyBoundsMs: [], weightsSince: '2026-11-23T15:01:00Z', finding: null },
  ...{ counts: 'requests' },
  backends: [backend('shop/service/stable', 0.9), backend('shop/service/canary', 0.1)],
};
const PAST: RoutePast = {
  ...{ start: '2026-11-23T15:00:00.000Z', stepSeconds: 60 },
  backends: [
    { target: 'shop/service/canary', rps: [1, 5, null], successRate: [1, 0.5, null] },
    { target: 'shop/service/stable', rps: [9, 5, null], successRate: [1, 1, null] },
  ],
};

async function open(routePast?: RoutePast) {
  const parts = { routeRequests: { state: 'fresh' as const, since: '2026-11-23T15:47:10Z', message: null } };
  const all = stage('?view=routes', {
    routes: { ...SNAPSHOT, parts, routes: [SPLIT] },
    ...(routePast && { routePast }),
  });
  await fireEvent.click(await screen.findByRole('link', { name: 'catalog-split' }));
  return all;
}

it('tells the last hour of both backends, and when the weights were changed', async () => {
  await open(PAST);
  expect(
    await screen.findByRole('img', {
      name: /^Share of requests since 15:00: stable 90\.0 %, now 50\.0 %; canary 10\.0 %, now 50\.0 %$/,
    }),
  ).toBeTruthy();
  expect(
    screen.getByRole('img', {
      name: /^Success since 15:00: stable 100 %, now 100 %; canary 100 %, now 50\.0 %$/,
    }),
  ).toBeTruthy();
  expect(screen.getByText('weights changed 15:01')).toBeTruthy();
});

it('says what is coming, why it does not come, and where there is nothing to compare', async () => {
  const { trouble, push } = await open();
  expect(await screen.findByText('The last hour is coming.')).toBeTruthy();
  trouble('routePast', 'query timed out');
  expect((await screen.findByText('Query timed out.')).getAttribute('role')).toBe('alert');
  push('routePast', { ...PAST, backends: PAST.backends.slice(1) });
  expect(
    await screen.findByText('The store has nothing of the last hour that could be compared.'),
  ).toBeTruthy();
});

it('begins where something was counted, and says so', async () => {
  const young = (points: (number | null)[]) => [null, null, ...points];
  const { push } = await open({
    ...{ start: '2026-11-23T14:58:00.000Z', stepSeconds: 60 },
    backends: PAST.backends.map(({ target, rps, successRate }) => ({
      ...{ target, rps: young(rps), successRate: young(successRate) },
    })),
  });
  expect(
    await screen.findByRole('img', { name: /^Share of requests since 15:00: stable 90\.0 %/ }),
  ).toBeTruthy();
  expect(screen.getByText('Nothing was counted before 15:00.')).toBeTruthy();
  push('routePast', {
    ...PAST,
    backends: PAST.backends.map(({ target }) => ({ target, rps: [null, 1], successRate: [null, 1] })),
  });
  expect(
    await screen.findByText('Nothing was counted before 15:01: there is a line in a minute.'),
  ).toBeTruthy();
});
