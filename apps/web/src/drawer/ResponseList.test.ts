import type { Responses } from '@latchwork/shared/asked/responses';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { stage } from '../test-data/stage.ts';
import { snapshot, WEB } from '../test-data/workloads.ts';

const { workloads: _, ...SNAPSHOT } = snapshot([]);
const since = '2026-11-23T15:47:10Z';
const count = (status: string | null, grpc: string | null, requests: number, failures = 0) => ({
  ...{ status, grpc, requests, failures },
  rps: requests / 60,
});

async function open(value: Partial<Responses>, state: 'fresh' | 'failed' = 'fresh') {
  const message = state === 'failed' ? 'query timed out' : null;
  const all = stage(`?view=workloads&selected=${WEB.id}`, {
    workloads: snapshot([WEB]),
    responses: {
      ...{ ...SNAPSHOT, where: WEB.id, counts: [], untold: null, ...value },
      parts: { responseStatuses: { state, since, message } },
    },
  });
  const button = await screen.findByRole('button', { name: 'Statuses of its responses' });
  expect(all.subscribed().map(({ topic }) => topic)).not.toContain('responses');
  await fireEvent.click(button);
}

it('has classes and gRPC codes with counts and shares, and the single statuses', async () => {
  await open({
    counts: [
      count('200', null, 900),
      count('204', null, 50),
      count('200', '14', 40, 40),
      count(null, null, 10, 10),
    ],
  });
  const table = within(await screen.findByRole('table', { name: 'How responses ended' }));
  const rows = table.getAllByRole('row', { name: /%/ });
  const textOf = ({ textContent }: Element) => (textContent ?? '').replace(/\s+/g, ' ').trim();
  expect(rows.map((row) => [...row.children].map(textOf).filter(Boolean).join(' '))).toEqual([
    'HTTP 2xx success 950 95.0 %',
    'HTTP no status the response never came failed 10 1.0 %',
    'gRPC UNAVAILABLE failed 40 4.0 %',
  ]);
  expect(screen.getByText('204').closest('li')?.textContent).toMatch(/50 requests/);
});

it('says that it failed, and not that there were none', async () => {
  await open({}, 'failed');
  expect((await screen.findByText('Query timed out.')).getAttribute('role')).toBe('alert');
  expect(screen.queryByText(/No response/)).toBeNull();
});
