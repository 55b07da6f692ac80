import type { Route } from '@latchwork/shared/routes/routes';
import type { Top } from '@latchwork/shared/tap/top';
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { stage } from '../../../test-data/stage.ts';
import { snapshot } from '../../../test-data/workloads.ts';

const { workloads: _, ...SNAPSHOT } = snapshot([]);
const ROUTE: Route = {
  ...{ id: 'a', kind: 'default', group: '', namespace: '', parent: 'shop/service/orders', name: 'http' },
  ...{ rule: null, matches: null, backends: [], golden: null, tried: null, retries: null, timeouts: null },
  ...{ refused: null, latencyBoundsMs: [], weightsSince: null, counts: 'requests', finding: null },
};
const PEER = { id: null, label: 'web', namespace: 'shop' };
const row = (path: string): Top['rows'][number] => ({
  ...{ key: path, direction: 'inbound', source: PEER, target: PEER, method: 'GET', path, route: null },
  ...{ authority: 'orders.shop:80', count: 6, ended: 6, successes: 6, statuses: { 200: 6 } },
  ...{ bestMs: 1, medianMs: 2, p95Ms: null, worstMs: 30, lastMs: 2, lastAt: '2026-11-23T15:47:10Z' },
  lock: { state: 'secured', securedShare: 1, reasons: [] },
});
const TOP: Top = {
  ...{ target: 'shop', since: '2026-11-23T15:47:00Z', at: '2026-11-23T15:47:10Z', state: 'streaming' },
  ...{ message: null, remedy: null, rows: [row('/orders/1'), row('/orders/2')] },
  counters: {
    ...{ received: 12, requests: 12, expired: 0, lost: [], rowsDropped: 0, limitRps: 100, aboutRps: null },
  },
};

it('drafts a route from live requests, with ids folded until the reader unfolds them', async () => {
  const parts = { routeRequests: { state: 'fresh' as const, since: '2026-11-23T15:47:10Z', message: null } };
  const { subscribed } = stage('?view=routes', { routes: { ...SNAPSHOT, parts, routes: [ROUTE] }, top: TOP });
  await fireEvent.click(await screen.findByRole('button', { name: 'Draft a route' }));
  const text = async () => (await screen.findByRole('figure', { name: 'Manifest' })).textContent ?? '';
  expect(await text()).toContain('kind: HTTPRoute');
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Service' }).value).toBe(
    'shop/service/orders',
  );
  expect(await text()).toContain('value: "/orders/[^/]+"');
  expect(await text()).toContain('request: 100ms');
  expect(subscribed()).toContainEqual({ topic: 'top', params: { namespace: 'shop' } });
  await fireEvent.click(screen.getByRole('button', { name: '{id}' }));
  expect(await text()).toContain('value: "/orders/1"');
  await fireEvent.change(screen.getByRole('combobox', { name: 'Kind of object' }), {
    target: { value: 'ServiceProfile' },
  });
  expect(await text()).toContain('name: orders.shop.svc.cluster.local');
  await fireEvent.click(screen.getByRole('button', { name: 'Close the draft' }));
  expect(subscribed().some(({ topic }) => topic === 'top')).toBe(false);
});
