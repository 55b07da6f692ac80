import { fireEvent, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { stage } from '../test-data/stage.ts';
import { snapshot, WEB } from '../test-data/workloads.ts';

beforeAll(async () => {
  await import('./ViewsList.svelte');
});
beforeEach(() => window.localStorage.clear());
afterEach(() => vi.restoreAllMocks());

async function opened(search: string) {
  const { location } = stage(search, { workloads: snapshot([WEB]) });
  await screen.findByRole('table', { name: 'Workloads' });
  await fireEvent.click(screen.getByRole('button', { name: 'Views' }));
  const panel = screen.getByRole('dialog', { name: 'Saved views' });
  await within(panel).findByRole('textbox', { name: 'Name of this view' });
  return { location, panel };
}

async function save(panel: HTMLElement, name: string) {
  await fireEvent.input(within(panel).getByRole('textbox', { name: 'Name of this view' }), {
    target: { value: name },
  });
  await fireEvent.click(within(panel).getByRole('button', { name: /^(Save|Replace)$/ }));
}

const links = (panel: HTMLElement) =>
  within(panel)
    .queryAllByRole('link')
    .map((link) => link.textContent?.trim());

describe('the saved views', () => {
  it('keep what is seen under a name, and open it again', async () => {
    const { location, panel } = await opened('?view=workloads&filter=kind:deployment');
    await save(panel, 'deployments');
    expect(links(panel)).toEqual(['deployments']);
    location.go({ filter: '' });
    await fireEvent.click(within(panel).getByRole('link', { name: 'deployments' }));
    expect(location.place.filter).toBe('kind:deployment');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('are renamed, replaced, deleted and brought back', async () => {
    const { panel } = await opened('?view=workloads');
    await save(panel, 'all');
    await fireEvent.click(within(panel).getByRole('button', { name: 'Rename all' }));
    const field = within(panel).getByRole('textbox', { name: 'New name of all' });
    await fireEvent.input(field, { target: { value: 'everything' } });
    await fireEvent.submit(field);
    expect(links(panel)).toEqual(['everything']);
    await save(panel, 'everything');
    expect(links(panel)).toEqual(['everything']);
    await fireEvent.click(within(panel).getByRole('button', { name: 'Delete everything' }));
    expect(links(panel)).toEqual([]);
    await fireEvent.click(within(panel).getByRole('button', { name: 'Undo' }));
    expect(links(panel)).toEqual(['everything']);
  });

  it('say when the browser forbids it, and when there is no room', async () => {
    const set = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const { panel } = await opened('?view=workloads');
    await save(panel, 'all');
    expect(within(panel).getByRole('alert').textContent).toMatch(/no room left/);
    expect(links(panel)).toEqual([]);
    set.mockRestore();
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    await save(panel, 'all');
    expect(within(panel).getByRole('alert').textContent).toMatch(/keep nothing/);
  });
});
