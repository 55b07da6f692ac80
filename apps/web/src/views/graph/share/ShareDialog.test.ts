import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { HOME } from '../../../location/place.ts';
import ShareDialog from './ShareDialog.svelte';

beforeAll(() => {
  // jsdom has no dialogs of its own.
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
});

const ABOUT = {
  version: '1',
  build: '1',
  mode: 'live' as const,
  at: null,
  source: '',
  tap: { available: false, reason: null },
  latencyTargetMs: 1000,
  successTarget: 0.99,
};

function open(embed: { ancestors: string[]; canSign: boolean; needsLink: boolean; mostDays: number }) {
  const onclose = vi.fn();
  const place = { ...HOME, namespaces: ['shop'] };
  render(ShareDialog, { place, about: { ...ABOUT, embed }, namespaces: ['backoffice', 'shop'], onclose });
  return { dialog: screen.getByRole('dialog', { name: 'Share this graph' }), onclose };
}

describe('the Share dialog', () => {
  it('says what to set while no page may frame the graph', () => {
    const { dialog } = open({ ancestors: [], canSign: false, needsLink: false, mostDays: 90 });
    expect(within(dialog).getByText(/^--embed-ancestor /)).toBeTruthy();
    expect(
      within(dialog).getByText(/^<iframe src="http:\/\/localhost:\d+\/embed\/graph\?namespace=shop"/),
    ).toBeTruthy();
  });

  it('says what is missing where there is a login and no key', () => {
    const { dialog } = open({
      ancestors: ['https://wiki.example.com'],
      canSign: false,
      needsLink: true,
      mostDays: 90,
    });
    expect(within(dialog).getByText('--embed-key-file FILE')).toBeTruthy();
    expect(within(dialog).queryByRole('button', { name: /^Sign/ })).toBeNull();
  });

  it('signs for the chosen namespaces, and forgets the link when the choice changes', async () => {
    const asked: unknown[] = [];
    vi.stubGlobal('fetch', async (_url: URL, init: RequestInit) => {
      asked.push(JSON.parse(String(init.body)));
      return Response.json({ link: 'k.p.s', keyId: 'k', expiresAt: '2027-01-01T00:00:00Z' });
    });
    const { dialog } = open({
      ancestors: ['https://wiki.example.com'],
      canSign: true,
      needsLink: true,
      mostDays: 90,
    });
    await fireEvent.click(within(dialog).getByRole('checkbox', { name: 'backoffice' }));
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    expect(await within(dialog).findByText(/good until 2027-01-01/)).toBeTruthy();
    expect(asked).toEqual([{ namespace: expect.arrayContaining(['shop', 'backoffice']), validFor: '30d' }]);
    expect(dialog.textContent).toContain('link=k.p.s');
    await fireEvent.input(within(dialog).getByRole('checkbox', { name: 'shop' }));
    expect(dialog.textContent).not.toContain('link=k.p.s');
    vi.unstubAllGlobals();
  });

  it('shows how it will look, with the title that was chosen', async () => {
    const { dialog } = open({ ancestors: [], canSign: false, needsLink: false, mostDays: 90 });
    await fireEvent.input(within(dialog).getByRole('textbox', { name: 'Title' }), {
      target: { value: 'Lamp shop' },
    });
    const preview = within(dialog).getByRole('img', { name: /graph as it will look/ }) as HTMLImageElement;
    expect(new URL(preview.src).pathname).toBe('/embed/graph.svg');
    expect(new URL(preview.src).searchParams.get('title')).toBe('Lamp shop');
  });
});
