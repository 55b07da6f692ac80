import type { Graph } from '@latchwork/shared/graph';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { finding } from './test-data/finding.ts';
import { ABOUT, stage } from './test-data/stage.ts';
import { REVIEWS, snapshot, WEB } from './test-data/workloads.ts';

const workloads = snapshot([WEB, REVIEWS]);
const graph: Graph = {
  ...workloads,
  nodes: [WEB, REVIEWS].map(({ id, namespace, kind, name, golden, denied, meshed }) => ({
    type: 'workload' as const,
    id,
    namespace,
    kind,
    name,
    golden,
    denied,
    meshed,
  })),
  edges: [],
};
const SEARCH = '?view=workloads';

describe('App', () => {
  it('has the views in its rail, each a link that keeps the scope', async () => {
    stage(`${SEARCH}&namespace=shop&sort=p95`, { workloads });
    const rail = screen.getByRole('navigation', { name: 'Views' });
    const links = within(rail).getAllByRole('link');
    expect(links.map((link) => link.textContent?.trim())).toEqual([
      'Problems',
      'Graph',
      'Workloads',
      'Live',
      'Routes',
      'Health',
    ]);
    expect(links[2]?.getAttribute('aria-current')).toBe('page');
    expect(links[3]?.getAttribute('href')).toBe('/?view=live&namespace=shop');
    await screen.findByRole('table', { name: 'Workloads' });
  });

  it('offers no Live where tap is switched off on purpose', async () => {
    const tap = { available: false, reason: 'tap is switched off here', off: true };
    stage(`${SEARCH}&selected=${WEB.id}`, { workloads }, { ...ABOUT, tap });
    await screen.findByRole('table', { name: 'Workloads' });
    await screen.findByRole('link', { name: 'In the graph' });
    expect(screen.queryByRole('link', { name: 'Live' })).toBeNull();
  });

  it('subscribes to the view’s own topic once, and the frame costs nothing more', async () => {
    const { subscribed } = stage(SEARCH, { workloads });
    await screen.findByRole('table', { name: 'Workloads' });
    expect(subscribed().map(({ topic }) => topic)).toEqual(['workloads', 'history']);
  });

  it('says that demo data is demo data', async () => {
    stage(SEARCH, { workloads }, { ...ABOUT, mode: 'demo' });
    expect(screen.getByText('Demo data.')).toBeTruthy();
  });

  it('names the moment of a recording', async () => {
    stage(SEARCH, { workloads }, { ...ABOUT, mode: 'replay', at: '2026-11-23T15:47:10Z' });
    expect(screen.getByText('A recording at 2026-11-23 15:47:10 UTC.')).toBeTruthy();
  });

  it('keeps the last numbers and says since when there are no new ones', async () => {
    const { trouble, timers } = stage(SEARCH, { workloads });
    await screen.findByText('reviews');
    timers.pass(30_000);
    trouble('workloads', 'prometheus refuses the connection; check --prometheus');
    expect(await screen.findByText('From 15:47, 30 s old.')).toBeTruthy();
    expect(screen.getByText('stale, 30 s old')).toBeTruthy();
    expect(screen.getByRole('row', { name: /reviews/ })).toBeTruthy();
  });

  it.each([
    ['graph', ['graph', 'problems'], 'The graph comes when Prometheus answers.'],
    ['problems', ['workloads', 'problems'], 'The problems come when Prometheus answers.'],
    ['workloads', ['workloads'], 'The workloads come when Prometheus answers.'],
    ['routes', ['workloads', 'routes'], 'The routes come when Prometheus answers.'],
  ] as const)('says once in %s why there is nothing yet', async (view, topics, body) => {
    const { trouble } = stage(`?view=${view}`, {});
    await screen.findByRole('heading', { level: 1 });
    for (const topic of topics) trouble(topic, 'prometheus refuses the connection; check --prometheus');
    expect(await screen.findByText(body, { exact: false })).toBeTruthy();
    // In the notice, and once for screen readers.
    expect(screen.getAllByText(/Prometheus refuses the connection/i)).toHaveLength(2);
  });

  it('is well again with the next numbers, without a reload', async () => {
    const { trouble, push } = stage(SEARCH, { workloads });
    await screen.findByText('reviews');
    trouble('workloads', 'gone');
    await screen.findByText('stale, 0 s old');
    push('workloads', workloads);
    expect(await screen.findByText('0 s ago')).toBeTruthy();
    expect(screen.queryByText(/^From /)).toBeNull();
  });

  it('says that the server is gone, and when it tries again', async () => {
    const { connect, timers } = stage(SEARCH, { workloads });
    await screen.findByText('reviews');
    connect({ state: 'lost', sinceMs: timers.now() - 5000, retryAtMs: timers.now() + 4000 });
    // In the notice, and once for screen readers.
    expect(await screen.findAllByText('The server of this page does not answer.')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Retry, 4 s' })).toBeTruthy();
    connect({ state: 'open', sinceMs: timers.now(), retryAtMs: null });
    expect(await screen.findByText('0 s ago')).toBeTruthy();
  });

  it('holds the numbers while it is paused', async () => {
    const { push } = stage(SEARCH, { workloads });
    await screen.findByText('reviews');
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    push('workloads', snapshot([WEB]));
    await new Promise((resolve) => setTimeout(resolve));
    expect(screen.getByText('reviews')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Pause', pressed: true }));
    await expect.poll(() => screen.queryByText('reviews')).toBeNull();
  });

  it('chooses namespaces, and back to all', async () => {
    const { location } = stage(SEARCH, { workloads });
    await screen.findByText('reviews');
    const bar = screen.getByRole('banner');
    await fireEvent.click(within(bar).getByRole('button', { name: /^Namespaces/ }));
    const panel = screen.getByRole('dialog', { name: 'Namespaces' });
    await fireEvent.click(await within(panel).findByRole('checkbox', { name: 'bank' }));
    await fireEvent.click(within(panel).getByRole('checkbox', { name: 'shop' }));
    expect(location.place.namespaces).toEqual(['bank', 'shop']);
    await fireEvent.click(within(panel).getByRole('link', { name: 'All namespaces' }));
    expect(location.place.namespaces).toEqual([]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says that a window was widened', async () => {
    const diagnoses = [
      finding({ code: 'window-widened', what: 'the window is 240 s', remedy: 'scrape more often' }),
    ];
    stage(SEARCH, { workloads: snapshot([WEB], { windowSeconds: 240, diagnoses }) });
    const button = await screen.findByRole('button', { name: /4 min widened/ });
    await fireEvent.click(button);
    expect(await screen.findByText(/Scrape more often\./)).toBeTruthy();
  });

  it('finds a workload by the keyboard alone, wherever it is', async () => {
    const { location, subscribed } = stage(`${SEARCH}&namespace=bank`, { workloads, graph });
    await screen.findByText('reviews');
    await fireEvent.keyDown(document.body, { key: '/' });
    const field = await screen.findByRole('combobox', { name: /^Find workload/ });
    await expect.poll(() => subscribed().map(({ topic }) => topic)).toContain('graph');
    await fireEvent.input(field, { target: { value: 'revi' } });
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('Deployment in shop');
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(location.place).toMatchObject({
      view: 'workloads',
      selected: 'shop/deployment/reviews',
      namespaces: ['bank', 'shop'],
    });
    expect(screen.queryByRole('combobox', { name: /^Find workload/ })).toBeNull();
  });

  it('puts the theme where the style sheet reads it', async () => {
    const { location } = stage(SEARCH, { workloads });
    location.go({ theme: 'dark' });
    await expect.poll(() => document.documentElement.dataset['theme']).toBe('dark');
  });
});
