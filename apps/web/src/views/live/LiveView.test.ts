import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { ABOUT, stage } from '../../test-data/stage.ts';
import { top, topRow } from '../../test-data/top.ts';
import { snapshot, WEB, workload } from '../../test-data/workloads.ts';

const workloads = snapshot([WEB]);
const SEARCH = '?view=live&target=shop/deployment/web';
const cart = topRow({
  target: { id: 'bank/deployment/cart', label: 'cart', namespace: 'bank' },
  path: '/cart',
  route: null,
  count: 3,
  ended: 0,
  successes: 0,
  statuses: {},
  lock: { state: 'plaintext', securedShare: 0, reasons: [{ reason: 'no_identity', share: 1 }] },
});
const STREAM = top([cart, topRow()]);

const table = () => screen.findByRole('table', { name: 'Live requests' });
const lines = async () =>
  within(await table())
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      [...row.children]
        .map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim())
        .filter(Boolean)
        .join(' | '),
    );

describe('LiveView', () => {
  it('shows who asks whom for what, the most seen first', async () => {
    stage(SEARCH, { workloads, top: STREAM });
    expect(await lines()).toEqual([
      'web to reviews | GET /reviews/310 | 10 | 20 ms | 40 ms | 5 ms | 90 ms | 1 of 10 failed',
      'web to bank/cart | GET /cart | 3 | 20 ms | 40 ms | 5 ms | 90 ms | –',
    ]);
    const second = within(await table()).getByRole('row', { name: /cart/ });
    expect(within(second).getByRole('img', { name: /^plaintext/ })).toBeTruthy();
  });

  it('has the command that streams the same', async () => {
    stage(`${SEARCH}`, { workloads, top: STREAM });
    await table();
    await fireEvent.click(screen.getByRole('button', { name: 'Command' }));
    expect(screen.getByText('linkerd viz top deployment/web -n shop')).toBeTruthy();
  });

  it('says what it has seen, what the limit is and what was lost', async () => {
    const lost = [{ reason: 'this page was too slow', count: 9 }];
    stage(SEARCH, { workloads, top: top([cart], { counters: { ...STREAM.counters, lost } }) });
    await table();
    expect(screen.getByText(/of about 2.550 requests seen \(44 %\)/)).toBeTruthy();
    expect(screen.getByText('limit 100/s')).toBeTruthy();
    expect(screen.getByText(/lost: this page was too slow/)).toBeTruthy();
  });

  it('has no id twice when the bar has no room, and its parts are in the menu, too', async () => {
    const observers: ((entries: unknown[]) => void)[] = [];
    const watched: HTMLElement[] = [];
    vi.stubGlobal(
      'ResizeObserver',
      class {
        constructor(tell: (entries: unknown[]) => void) {
          observers.push(tell);
        }
        observe(element: HTMLElement) {
          watched.push(element);
        }
        unobserve() {}
        disconnect() {}
      },
    );
    stage(SEARCH, { workloads, top: STREAM });
    await table();
    const entries = watched.map((target) => ({
      ...{ target, contentRect: { width: target.dataset['measured'] === undefined ? 100 : 90, height: 20 } },
    }));
    for (const tell of observers) tell(entries);
    await fireEvent.click(await screen.findByRole('button', { name: /^More/ }));
    const groups = () => screen.queryAllByRole('link', { name: 'status', hidden: true });
    await expect.poll(() => groups().length).toBe(2);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    vi.unstubAllGlobals();
  });

  it('offers targets of one name, some namespaces beside many workloads, and counts the rest', async () => {
    const many = Array.from({ length: 60 }, (_, i) => workload(`web-${i}`, { namespace: `team-${i}` }));
    const twice = [workload('web', { kind: 'deployment' }), workload('web', { kind: 'statefulset' })];
    stage(SEARCH, { workloads: snapshot([...twice, ...many]), top: STREAM });
    await table();
    await fireEvent.click(screen.getByRole('button', { name: /^Target/ }));
    const find = await screen.findByRole('searchbox', { name: 'Find target' });
    const offered = () =>
      within(find.closest('.panel, [popover], dialog') ?? document.body)
        .getAllByRole('link')
        .flatMap((link) => link.getAttribute('href')?.match(/target=([^&]*)/)?.[1] ?? []);
    expect(offered()).toEqual(expect.arrayContaining(['shop/deployment/web', 'shop/statefulset/web']));
    expect(offered().filter((target) => !target.includes('/'))).toHaveLength(10);
    expect(screen.getByText('And 83 more targets: write a part of the name.')).toBeTruthy();
    await fireEvent.input(find, { target: { value: 'web-59' } });
    expect(screen.queryByText(/more target/)).toBeNull();
  });

  it('groups by status', async () => {
    stage(SEARCH, { workloads, top: STREAM });
    await table();
    await fireEvent.click(screen.getByRole('link', { name: 'status' }));
    await expect
      .poll(lines)
      .toEqual([
        'web to reviews | 200 | GET /reviews/310 | 9',
        'web to reviews | 500 | GET /reviews/310 | 1',
      ]);
    expect(screen.queryByRole('columnheader', { name: 'Median' })).toBeNull();
  });

  it('filters, and says when nothing is left', async () => {
    stage(SEARCH, { workloads, top: STREAM });
    await table();
    const field = screen.getByRole('combobox', { name: 'Filter requests' });
    await fireEvent.input(field, { target: { value: 'to:cart' } });
    expect(await lines()).toHaveLength(1);
    await fireEvent.input(field, { target: { value: 'nothing' } });
    expect(await screen.findByText('No request matches')).toBeTruthy();
  });

  it('freezes its rows while their numbers go on', async () => {
    const { push } = stage(SEARCH, { workloads, top: STREAM });
    await table();
    await fireEvent.click(screen.getByRole('button', { name: 'Freeze rows' }));
    push('top', top([{ ...cart, count: 500 }, topRow(), topRow({ path: '/new', route: null })]));
    expect(await screen.findByText('1 new row not shown')).toBeTruthy();
    const [first, second] = await lines();
    expect(first).toContain('reviews');
    expect(second).toContain('500');
  });

  it('asks for a target first, and offers the busiest', async () => {
    const { location } = stage('?view=live', { workloads });
    await fireEvent.click(await screen.findByRole('link', { name: /^shop\/web/ }));
    expect(location.place.target).toBe('shop/deployment/web');
  });

  it('subscribes to nothing for a target that is none', async () => {
    const { subscribed } = stage('?view=live&target=Shop!', { workloads });
    expect(await screen.findByText('That is no target')).toBeTruthy();
    expect(subscribed().map(({ topic }) => topic)).not.toContain('top');
  });

  it('says why there is no tap here, and what to do', async () => {
    const tap = { available: false, reason: 'this server has no tap' };
    stage(SEARCH, { workloads }, { ...ABOUT, tap });
    expect(await screen.findByText('This server has no tap.')).toBeTruthy();
    expect(screen.getByText(/--tap-url/)).toBeTruthy();
  });

  it('says why a tap failed, and keeps the rows it had', async () => {
    const failed = { state: 'failed', message: 'tap refused', remedy: 'ask for the role' } as const;
    const { push } = stage(SEARCH, { workloads, top: top([], failed) });
    expect(await screen.findByText('No requests from shop/web')).toBeTruthy();
    expect(screen.getByText('Ask for the role.')).toBeTruthy();
    push('top', top([cart], failed));
    expect(await lines()).toHaveLength(1);
    expect(screen.getByText('Tap refused. Ask for the role.')).toBeTruthy();
    expect(screen.getByText('Stopped')).toBeTruthy();
  });

  it('listens when nothing was seen yet', async () => {
    stage(SEARCH, { workloads, top: top([], { state: 'waiting' }) });
    expect(await screen.findByText('Listening.')).toBeTruthy();
  });
});
