import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Skeleton from './Skeleton.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('Skeleton', () => {
  it('says in the end that nothing came, and what can be done', async () => {
    render(Skeleton, { text: 'The graph is coming.' });
    expect(screen.queryByText(/Nothing has come/)).toBeNull();
    vi.advanceTimersByTime(15_000);
    await tick();
    expect(screen.getByText(/Nothing has come for 15 s/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Load the page again' })).toBeTruthy();
  });
});
