import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOME, type Place } from '../location/place.ts';
import { stage } from '../test-data/stage.ts';
import KeysButton from './KeysButton.svelte';
import { KEY_GROUPS } from './key-groups.ts';

beforeAll(async () => {
  // jsdom has dialogs without their methods.
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
    this.open = false;
  };
  await import('./KeysDialog.svelte');
});

describe('KeysButton', () => {
  it('shows all keys when ? is pressed', async () => {
    render(KeysButton, { place: HOME });
    await fireEvent.keyDown(document.body, { key: '?' });
    expect(await screen.findByRole('dialog', { name: 'Keys' })).toBeTruthy();
    expect(screen.getByText('through its edges, one by one')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leaves a question mark to whoever types one', async () => {
    render(KeysButton, { place: HOME });
    const field = document.body.appendChild(document.createElement('input'));
    await fireEvent.keyDown(field, { key: '?' });
    expect(screen.queryByRole('dialog')).toBeNull();
    field.remove();
  });

  it('shows the keys of the shape that is on screen, and all of them where none is', async () => {
    const titles = async (place: Pick<Place, 'view' | 'shape'>) => {
      const { unmount } = render(KeysButton, { place });
      await fireEvent.keyDown(document.body, { key: '?' });
      await screen.findByRole('dialog', { name: 'Keys' });
      const all = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
      unmount();
      return all;
    };
    expect(await titles({ view: 'graph', shape: 'matrix' })).toEqual([
      'Everywhere',
      'Graph',
      'Matrix',
      'A cell of the matrix',
    ]);
    expect(await titles({ view: 'graph', shape: 'table' })).toEqual(['Everywhere', 'Graph']);
    expect(await titles({ view: 'live', shape: 'picture' })).toEqual(KEY_GROUPS.map(({ where }) => where));
  });

  it('has the keys that find, and those of the matrix', () => {
    const keys = KEY_GROUPS.flatMap((group) => group.keys.map(([key]) => key));
    expect(keys).toEqual(expect.arrayContaining(['x', 'Shift F', 'Ctrl arrows', 'Page ↑ ↓', '+ and −', '0']));
  });
});

it('opens no search behind a dialog', async () => {
  stage('?view=graph', {});
  await fireEvent.keyDown(document.body, { key: '?' });
  const dialog = await screen.findByRole('dialog', { name: 'Keys' });
  await fireEvent.keyDown(dialog, { key: 'k', ctrlKey: true });
  expect(screen.getByRole('button', { name: /^Find workload/, hidden: true }).ariaExpanded).toBe('false');
});
