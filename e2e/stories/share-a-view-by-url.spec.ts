import { inBar } from '../bar.ts';
import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

test('someone opens a shared link and sees the same view', async ({ page, context, stack }) => {
  const graph = new GraphPage(page);
  await graph.open('?window=30s');
  await (await inBar(page, 'Only problems')).click();
  await graph.openEdge('tracker', 'positions');
  const title = await graph.drawer.getAttribute('aria-label');

  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.url });
  await page.getByRole('button', { name: 'Copy link to this view' }).click();
  const link = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(link).toBe(page.url());

  const other = await context.newPage();
  await other.goto(link);
  const theirs = new GraphPage(other);
  await expect(theirs.drawer).toHaveAttribute('aria-label', title ?? '');
  await expect(await inBar(other, 'Only problems')).toHaveAttribute('aria-pressed', 'true');
  await expect(other.getByText('last 30 s').first()).toBeVisible();
  await expect(theirs.edge('tracker', 'positions')).toHaveAttribute('aria-pressed', 'true');

  await other.goBack().catch(() => null);
  await page.keyboard.press('Escape');
  await expect(graph.drawer).toBeHidden();
  await page.goBack();
  await expect(graph.drawer).toBeVisible();
});
