import AxeBuilder from '@axe-core/playwright';
import { startFakePrometheus } from '../../bench/fake-prometheus.ts';
import { teamMesh } from '../../bench/team-mesh.ts';
import { stopChild } from '../../scripts/processes.ts';
import { startServer } from '../../scripts/stack.ts';
import { GraphPage } from '../graph.ts';
import { MatrixPage } from '../matrix.ts';
import { expect, test } from '../stack.ts';

test('an operator reads the matrix by keyboard, and nothing of it is out of reach', async ({ page }) => {
  await new GraphPage(page).open();
  await page.keyboard.press('m');
  const matrix = new MatrixPage(page);
  await expect(matrix.grid).toBeAttached();
  await matrix.grid.focus();

  const ends = async () => (await matrix.current()).split(',')[0];
  const first = await ends();
  expect(first).toMatch(/^\S+( in \S+)? to \S+( in \S+)?$/);
  expect(await matrix.current()).toMatch(/requests a second|TCP|endpoint|refused/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+ArrowRight');
  expect(await ends()).toBe(first);
  await page.keyboard.press('Control+ArrowDown');
  const second = await ends();
  expect(await matrix.current()).not.toMatch(/no calls/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  expect(await ends()).toBe(second);

  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(matrix.drawer).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(matrix.drawer).toBeHidden();
  await expect(matrix.grid).toBeFocused();

  await page.keyboard.press('Control+Home');
  const rows = Number(await matrix.grid.getAttribute('aria-rowcount'));
  await page.keyboard.press('Shift+F');
  await expect(page).toHaveURL(/folded=/);
  await expect.poll(async () => Number(await matrix.grid.getAttribute('aria-rowcount'))).toBeLessThan(rows);

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
      [],
    );
  }
});

test('on 300 workloads an operator finds the one edge that lost its mTLS without typing', async ({
  page,
}) => {
  const mesh = teamMesh(300, 20);
  const [lost] = mesh.edges.slice(200);
  if (!lost) throw new Error('a mesh of 300 workloads has more than 200 edges');
  const secured = { ...lost.lock, state: 'secured', securedShare: 1 } as const;
  const edges = mesh.edges.map((edge) => ({
    ...edge,
    lock: edge === lost ? ({ ...secured, state: 'mixed', securedShare: 0.4 } as const) : secured,
  }));
  const prometheus = await startFakePrometheus({ ...mesh, edges }, 2);
  const server = await startServer(['--prometheus', prometheus.url, '--port', '0'], () => undefined);
  try {
    await page.goto(server.url);
    await expect(page.getByRole('group', { name: 'Map of namespaces' })).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Matrix' }).click();
    await page.getByRole('button', { name: '1 mixed' }).click();
    const matrix = new MatrixPage(page);
    await matrix.grid.focus();
    await expect.poll(() => matrix.current()).toMatch(/percent secured$/);
    await page.keyboard.press('Enter');
    await expect(matrix.drawer).toContainText(lost.source.split('/').at(-1)!);
    await expect(matrix.drawer).toContainText(lost.target.split('/').at(-1)!);
    await expect(matrix.drawer).toContainText('secured');
  } finally {
    await stopChild(server.child);
    prometheus.close();
  }
});

test('an operator folds and unfolds all around an open namespace, and sees where the keys are', async ({
  page,
}) => {
  const mesh = teamMesh(300, 20);
  const namespace = mesh.nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])).at(20)!;
  const prometheus = await startFakePrometheus(mesh, 2);
  const server = await startServer(['--prometheus', prometheus.url, '--port', '0'], () => undefined);
  try {
    await page.goto(`${server.url}/?shape=matrix&focus=${namespace}`);
    const matrix = new MatrixPage(page);
    await expect(matrix.grid).toBeAttached({ timeout: 30_000 });
    const folded = await matrix.rows();
    await page.getByRole('link', { name: 'Unfold all' }).click();
    await expect.poll(() => matrix.rows()).toBeGreaterThan(folded);
    await page.getByRole('link', { name: 'Fold all', exact: true }).click();
    await expect.poll(() => matrix.rows()).toBe(folded);

    await page.getByRole('link', { name: 'All namespaces' }).click();
    await page.getByRole('link', { name: 'Unfold all' }).click();
    await expect.poll(() => matrix.rows()).toBeGreaterThan(100);
    await matrix.grid.focus();
    await page.keyboard.press('Control+End');
    await expect.poll(() => matrix.scrolledPx()).toBeGreaterThan(500);
    const [there, scrolledPx] = [await matrix.current(), await matrix.scrolledPx()];
    await matrix.grid.blur();
    await matrix.scroll(0);
    await matrix.grid.focus();
    expect(await matrix.current()).toBe(there);
    await expect.poll(() => matrix.scrolledPx()).toBe(scrolledPx);
  } finally {
    await stopChild(server.child);
    prometheus.close();
  }
});

test('a phone shows a large mesh as a matrix', async ({ page }) => {
  const prometheus = await startFakePrometheus(teamMesh(100, 10), 2);
  const server = await startServer(['--prometheus', prometheus.url, '--port', '0'], () => undefined);
  try {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(server.url);
    await expect(new MatrixPage(page).grid).toBeAttached({ timeout: 30_000 });
    await expect(page).toHaveURL(/shape=matrix/);
  } finally {
    await stopChild(server.child);
    prometheus.close();
  }
});
