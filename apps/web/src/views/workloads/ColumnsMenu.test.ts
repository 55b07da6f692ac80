import { fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stage } from '../../test-data/stage.ts';
import { snapshot, WEB } from '../../test-data/workloads.ts';

beforeEach(() => window.localStorage.clear());
afterEach(() => vi.restoreAllMocks());

describe('the columns of Workloads', () => {
  const heads = async () =>
    within(await screen.findByRole('table', { name: 'Workloads' }))
      .getAllByRole('columnheader')
      .map((head) => head.textContent?.trim());

  it('are chosen, stand in the address, and are remembered', async () => {
    const { location } = stage('?view=workloads&columns=rate,p95', { workloads: snapshot([WEB]) });
    expect(await heads()).toEqual(['Workload', 'Rate', 'p95']);
    await fireEvent.click(screen.getByRole('button', { name: /^Columns/ }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Success' }));
    expect(location.place.columns).toEqual(['rate', 'success', 'p95']);
    expect(await heads()).toEqual(['Workload', 'Rate', 'Success', 'p95']);
    location.go({ ...location.place, view: 'graph', columns: [] });
    location.go({ view: 'workloads' });
    await vi.waitFor(() => expect(location.place.columns).toEqual(['rate', 'success', 'p95']));
    await fireEvent.click(await screen.findByRole('button', { name: /^Columns/ }));
    await fireEvent.click(screen.getByRole('button', { name: 'As many as there is room for' }));
    expect(location.place.columns).toEqual([]);
    expect((await heads()).length).toBeGreaterThan(8);
  });

  it('are chosen where nothing can be remembered, too', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const { location } = stage('?view=workloads', { workloads: snapshot([WEB]) });
    await screen.findByRole('table', { name: 'Workloads' });
    await fireEvent.click(screen.getByRole('button', { name: /^Columns/ }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'p50' }));
    expect(location.place.columns).not.toContain('p50');
    expect(screen.getByText(/no room left/)).toBeTruthy();
  });
});
