import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import RevisionList from './RevisionList.svelte';

it('names each revision with its rate and success', () => {
  const revision = (name: string, rps: number, failures: number) => ({
    ...{ name, rps, failures, requests: rps * 60, successRate: 1 - failures / (rps * 60) },
  });
  render(RevisionList, {
    revisions: [revision('cart-6d5f8c7b9', 8, 0), revision('cart-7f9b4d6c5', 2, 60)],
    judge: { successTarget: 0.99 },
  });
  const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent?.replace(/\s+/g, ' '));
  expect(items).toEqual([
    expect.stringMatching(/cart-6d5f8c7b9.*8(\.0)?.*100/),
    expect.stringMatching(/cart-7f9b4d6c5.*2(\.0)?.*50/),
  ]);
});
