import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { finding } from '../../test-data/finding.ts';
import { stage } from '../../test-data/stage.ts';
import { ERP, LEDGER, REVIEWS, snapshot, WEB, workload } from '../../test-data/workloads.ts';

const SEARCH = '?view=workloads';
const ALL = snapshot([LEDGER, REVIEWS, WEB, ERP]);

const table = () => screen.findByRole('table', { name: 'Workloads' });
async function names() {
  const rows = within(await table()).getAllByRole('rowheader');
  return rows.map((row) => within(row).getByRole('link').textContent);
}
async function cells(name: RegExp) {
  const row = within(await table()).getByRole('row', { name });
  return within(row)
    .getAllByRole('cell')
    .map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}

describe('WorkloadsView', () => {
  it('lists the busiest first, with every number in its unit', async () => {
    stage(SEARCH, { workloads: ALL });
    expect(await names()).toEqual(['web', 'reviews', 'erp', 'ledger']);
    expect(await cells(/web/)).toEqual([
      '13.7/s',
      '99.61 %',
      '37 ms',
      '757 ms',
      '2.7 s',
      '–',
      '100 %',
      '87 %',
    ]);
  });

  it('has the commands that print the same, one for each kind in it', async () => {
    stage(SEARCH, { workloads: ALL });
    await table();
    await fireEvent.click(screen.getByRole('button', { name: 'Command' }));
    const kinds = new Set(ALL.workloads.map(({ kind }) => kind));
    const text = screen.getByText(/^linkerd viz stat deploy -A -t 1m/).textContent ?? '';
    expect(text.split('\n')).toHaveLength(kinds.size);
  });

  it('shows no data as a dash, and TCP as connections and bytes', async () => {
    stage(SEARCH, { workloads: ALL });
    expect(await cells(/ledger/)).toEqual(['–', '–', '–', '–', '–', '4 open 58 B/s', '100 %', '–']);
  });

  it('shows a workload without a proxy by what its callers sent', async () => {
    stage(SEARCH, { workloads: ALL });
    expect((await cells(/erp.*not meshed/))[0]).toBe('2.95/s by callers');
  });

  it('says the lock of a share in words', async () => {
    stage(SEARCH, { workloads: ALL });
    const row = within(await table()).getByRole('row', { name: /web/ });
    expect(within(row).getByRole('img', { name: /^partly secured/ })).toBeTruthy();
  });

  it('sorts by a head, which is a link and says so', async () => {
    stage(SEARCH, { workloads: ALL });
    await fireEvent.click(within(await table()).getByRole('link', { name: 'Success' }));
    expect((await names())[0]).toBe('reviews');
    const head = screen.getByRole('columnheader', { name: 'Success' });
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    expect(window.location.search).toBe('?view=workloads&sort=success');
  });

  it('moves no row under the pointer, and offers to sort again', async () => {
    const { push } = stage(SEARCH, { workloads: ALL });
    const rows = (await table()).parentElement as HTMLElement;
    await fireEvent.pointerEnter(rows);
    const golden = { rps: 99, successRate: 1, requests: 60, failures: 0, p50Ms: 1, p95Ms: 1, p99Ms: 1 };
    push('workloads', snapshot([{ ...REVIEWS, golden }, WEB, ERP, LEDGER]));
    const again = await screen.findByRole('button', { name: '1 row would move, re-sort' });
    expect(await names()).toEqual(['web', 'reviews', 'erp', 'ledger']);
    await fireEvent.click(again);
    expect((await names())[0]).toBe('reviews');
  });

  it('filters by words and comparisons, and the address has it', async () => {
    stage(SEARCH, { workloads: ALL });
    await table();
    await fireEvent.input(screen.getByRole('combobox', { name: 'Filter workloads' }), {
      target: { value: 'success < 99' },
    });
    expect(await names()).toEqual(['reviews']);
    expect(window.location.search).toContain('filter=success%20%3C%2099');
    expect(screen.getByText('1 of 4')).toBeTruthy();
  });

  it('says what it did not understand of a filter', async () => {
    stage(`${SEARCH}&filter=speed>3`, { workloads: ALL });
    await table();
    const field = screen.getByRole('combobox', { name: 'Filter workloads' });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/^unknown field: speed/)).toBeTruthy();
  });

  it('offers a way out when nothing matches', async () => {
    stage(`${SEARCH}&filter=nothing`, { workloads: ALL });
    await fireEvent.click(await screen.findByRole('link', { name: 'Clear the filter' }));
    expect(await names()).toHaveLength(4);
  });

  it('opens one workload beside the table, and closes with Escape', async () => {
    const { subscribed, location } = stage(SEARCH, { workloads: ALL });
    await fireEvent.click(within(await table()).getByRole('link', { name: 'web' }));
    const drawer = await screen.findByRole('complementary', { name: 'web, Deployment in shop' });
    expect(within(drawer).getByText('757')).toBeTruthy();
    expect(subscribed()).toContainEqual({
      topic: 'workload',
      params: { namespace: 'shop', kind: 'deployment', name: 'web', window: '1m' },
    });
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(location.place.selected).toBeNull();
  });

  it('shows why a part has no answer, in its own cells', async () => {
    const golden = {
      rps: 1,
      successRate: 1,
      requests: 60,
      failures: 0,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
    };
    const parts = { inboundLatency: { state: 'failed', since: ALL.at, message: 'out of time' } } as const;
    stage(SEARCH, { workloads: snapshot([{ ...WEB, golden }], { parts }) });
    expect((await cells(/web/)).filter((text) => text === 'no answer')).toHaveLength(3);
    expect((await cells(/web/))[0]).toBe('1.00/s');
    expect(screen.getByText('Missing: latencies of workloads.')).toBeTruthy();
  });

  it('tells the diagnosis of an empty mesh, with its remedy', async () => {
    const diagnoses = [
      finding({ code: 'no-linkerd-metrics', what: 'no proxy is scraped', remedy: 'scrape port 4191' }),
    ];
    stage(SEARCH, { workloads: snapshot([], { diagnoses }) });
    expect(await screen.findByText('No proxy is scraped.')).toBeTruthy();
    expect(screen.getByText('Scrape port 4191.')).toBeTruthy();
  });

  it('shows refused requests only where there are any, and not as failures', async () => {
    stage(SEARCH, { workloads: ALL });
    await table();
    expect(screen.queryByRole('columnheader', { name: 'Refused' })).toBeNull();
    stage(SEARCH, { workloads: snapshot([{ ...WEB, denied: 0.5 }]) });
    await expect.poll(() => screen.queryByRole('columnheader', { name: 'Refused' })).not.toBeNull();
  });

  it('draws only a part of thousands of rows, and says how many there are', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => workload(`w${i}`));
    stage(SEARCH, { workloads: snapshot(many) });
    expect((await table()).getAttribute('aria-rowcount')).toBe('3001');
    expect(within(await table()).getAllByRole('rowheader').length).toBeLessThan(120);
  });
});
