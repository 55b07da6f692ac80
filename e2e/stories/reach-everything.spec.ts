import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

const VIEWS = [
  ['the graph', '/'],
  ['an edge', '/?selected=fleet/deployment/tracker~fleet/deployment/positions'],
  ['the graph as a table', '/?shape=table'],
  ['the workloads', '/?view=workloads'],
  ['the live top', '/?view=live&target=harbour/deployment/web'],
  ['the live tap', '/?view=live&target=harbour/deployment/web&tap=all'],
] as const;

for (const scheme of ['light', 'dark'] as const)
  test(`nothing on any view is out of reach for a screen reader (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const [name, path] of VIEWS) {
      await page.goto(path);
      await expect(page.getByText('gangway').locator('visible=true').first()).toBeVisible({
        timeout: 30_000,
      });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        ),
        name,
      ).toEqual([]);
    }
  });

test('an operator works the graph by keyboard alone', async ({ page }) => {
  const graph = new GraphPage(page);
  await graph.open();
  // The picture may be laid out anew under the first key of a fresh demo: a person would press again.
  await expect(async () => {
    await graph.card('gangway').focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator(':focus')).toHaveAccessibleName(/^web, Deployment in harbour/, {
      timeout: 1_000,
    });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.press('Enter');
  await expect(graph.drawer).toContainText('web');
  await page.keyboard.press('Escape');
  await expect(graph.drawer).toBeHidden();
  await page.keyboard.press('t');
  await expect(page.getByRole('table', { name: 'Edges' })).toBeVisible();
  await page.keyboard.press('t');
  await page.keyboard.press('/');
  await expect(page.locator('input:focus')).toBeVisible();
  await page.keyboard.type('ledger');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/ledger/);
});

test('nothing comes from anywhere but the server itself', async ({ page, stack }) => {
  const elsewhere: string[] = [];
  const broken: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(stack.url) && !request.url().startsWith('data:'))
      elsewhere.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') broken.push(message.text());
  });
  page.on('pageerror', (error) => broken.push(error.message));
  for (const [, path] of VIEWS) {
    await page.goto(path);
    await expect(page.getByText('gangway').locator('visible=true').first()).toBeVisible({ timeout: 30_000 });
  }
  expect(elsewhere).toEqual([]);
  expect(broken).toEqual([]);
});

test('the first picture costs at most 120 kB of gzipped script', async ({ page }) => {
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  });
  await new GraphPage(page).open();
  const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThanOrEqual(120_000);
});
