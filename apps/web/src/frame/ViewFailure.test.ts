import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import ViewFailure from './ViewFailure.svelte';

it('says what broke, and draws the view again on request', async () => {
  const reset = vi.fn();
  render(ViewFailure, { error: new TypeError('Map.groupBy is not a function'), version: '1.2.3', reset });
  expect(screen.getByText('TypeError: Map.groupBy is not a function')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Copy the error' })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Draw it again' }));
  expect(reset).toHaveBeenCalledOnce();
});
