import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

/** Into the test's own folder; into docs, for the README, when asked for: a test must not change what is checked in. */
const DOCS = join(import.meta.dirname, '..', '..', 'docs');

for (const scheme of ['light', 'dark'] as const)
  test(`a reader of the README sees the graph as it is (${scheme})`, async ({ page, context }, info) => {
    const folder = process.env['LATCHWORK_SCREENSHOTS'] ? DOCS : info.outputPath();
    await mkdir(folder, { recursive: true });
    await page.emulateMedia({ colorScheme: scheme });
    const graph = new GraphPage(page);
    await graph.open();
    await expect(graph.edge('tracker', 'positions')).toBeVisible();
    // For the README, rates that have settled: a fresh demo has not filled its window yet.
    if (process.env['LATCHWORK_SCREENSHOTS'])
      await expect(graph.card('gangway')).toHaveAccessibleName(/ 1\d\.\d requests a second/, {
        timeout: 80_000,
      });
    const picture = await page.screenshot({
      path: join(folder, `graph-${scheme}.png`),
      animations: 'disabled',
    });
    expect(picture.length).toBeGreaterThan(30_000);

    // Narrow enough for a wiki's column: still every card, nothing beside the picture.
    const narrow = await context.newPage();
    await narrow.setViewportSize({ width: 900, height: 700 });
    await new GraphPage(narrow).open();
    const overflow = await narrow.evaluate<boolean>(
      'document.documentElement.scrollWidth > window.innerWidth',
    );
    expect(overflow).toBe(false);
  });

/** The window is full: a rate that is the demo's own. */
const SETTLED = / [12]\d\.\d requests a second/;

const VIEWS = [
  { name: 'problems', search: '?view=problems', shows: /has no proxies/ },
  { name: 'workloads', search: '?view=workloads', shows: /gangway/ },
  { name: 'live', search: '?view=live&target=harbour/deployment/web', shows: /of about/ },
  { name: 'routes', search: '?view=routes', shows: /^\d+\.\d+\/s$/ },
] as const;

test('a reader of the documentation sees every view', async ({ page }, info) => {
  const folder = process.env['LATCHWORK_SCREENSHOTS'] ? DOCS : info.outputPath();
  await mkdir(folder, { recursive: true });
  await page.emulateMedia({ colorScheme: 'light' });
  const graph = new GraphPage(page);
  await graph.open();
  if (process.env['LATCHWORK_SCREENSHOTS'])
    await expect(graph.card('gangway')).toHaveAccessibleName(SETTLED, { timeout: 80_000 });
  for (const { name, search, shows } of VIEWS) {
    await page.goto(`/${search}`);
    await expect(page.getByRole('main').getByText(shows).first()).toBeVisible({ timeout: 40_000 });
    const path = join(folder, `${name}-light.png`);
    expect((await page.screenshot({ path, animations: 'disabled' })).length).toBeGreaterThan(20_000);
  }
});
