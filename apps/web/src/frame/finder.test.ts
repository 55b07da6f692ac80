import { fireEvent, screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { stage } from '../test-data/stage.ts';
import { snapshot, WEB } from '../test-data/workloads.ts';

const names = Array.from({ length: 1200 }, (_, i) => `shop-${i}`);

async function finding(query: string) {
  const graph = { ...{ at: '2026-11-23T15:47:10Z', parts: {} }, nodes: [], edges: [], namespaces: names };
  stage('?view=workloads', { workloads: snapshot([WEB]), graph: graph as never });
  await screen.findByRole('table', { name: 'Workloads' });
  await fireEvent.keyDown(window, { key: '/' });
  const dialog = await screen.findByRole('dialog', { name: 'Find' });
  await fireEvent.input(within(dialog).getByRole('combobox'), { target: { value: query } });
  return within(dialog);
}

it('the finder says how many more there are than it lists', async () => {
  const dialog = await finding('shop');
  expect(dialog.getAllByRole('option')).toHaveLength(12);
  expect(dialog.getByRole('status').textContent).toMatch(/^1.188 more\. Write on to find them\.$/);
});

it('the finder says nothing of more where it lists all', async () => {
  const dialog = await finding('shop-1199');
  expect(dialog.getAllByRole('option')).toHaveLength(1);
  expect(dialog.queryByRole('status')).toBeNull();
});
