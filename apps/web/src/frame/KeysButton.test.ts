import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeAll, describe, expect, it } from 'vitest';
import KeysButton from './KeysButton.svelte';

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
    render(KeysButton);
    await fireEvent.keyDown(document.body, { key: '?' });
    expect(await screen.findByRole('dialog', { name: 'Keys' })).toBeTruthy();
    expect(screen.getByText('through its edges, one by one')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leaves a question mark to whoever types one', async () => {
    render(KeysButton);
    const field = document.body.appendChild(document.createElement('input'));
    await fireEvent.keyDown(field, { key: '?' });
    expect(screen.queryByRole('dialog')).toBeNull();
    field.remove();
  });
});
