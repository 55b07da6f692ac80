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
  // A mesh that has only just begun has less to show.
  await expect(other.getByText('last 30 s').first()).toBeVisible({ timeout: 45_000 });
  await expect(theirs.edge('tracker', 'positions')).toHaveAttribute('aria-pressed', 'true');

  await other.goBack().catch(() => null);
  await page.keyboard.press('Escape');
  await expect(graph.drawer).toBeHidden();
  await page.goBack();
  await expect(graph.drawer).toBeVisible();
});

test('someone lights a path by the menu of a card, keeps it under a name, and finds it another day', async ({
  page,
}) => {
  await page.setViewportSize({ width: 2560, height: 1300 });
  const graph = new GraphPage(page);
  await graph.open();
  await graph.card('gangway').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Path from here…' }).click();
  const field = page.getByRole('combobox', { name: 'Find in the graph' });
  await expect(field).toBeFocused();
  await page.keyboard.type('seats');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/filter=downstream:harbour\/gangway%20upstream:seats/);

  await (await inBar(page, 'Views')).click();
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('to the seats');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'to the seats' })).toHaveAttribute('aria-current', 'true');

  await graph.open();
  await (await inBar(page, 'Views')).click();
  await page.getByRole('link', { name: 'to the seats' }).click();
  await expect(field).toHaveValue('downstream:harbour/gangway upstream:seats');

  // With the keyboard alone: the menu of the card that has the focus, and back to it.
  await graph.card('gangway').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Open', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(graph.card('gangway')).toBeFocused();
});
