import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { GraphPage } from '../graph.ts';
import { pageFaults } from '../page-faults.ts';
import { expect, test } from '../stack.ts';

const SIZES = [
  [390, 844],
  [820, 1180],
  [1024, 768],
  [1280, 800],
  [1440, 900],
  [2560, 1300],
] as const;

const VIEWS = [
  ['graph', '', 'gangway'],
  ['graph-card', '?selected=harbour/deployment/timetable', 'timetable'],
  ['graph-edge', '?selected=fleet/deployment/tracker~fleet/deployment/positions', 'tracker'],
  ['graph-problems', '?problems=open', 'gangway'],
  ['graph-table', '?shape=table', 'gangway'],
  ['graph-matrix', '?shape=matrix', 'gangway'],
  ['workloads', '?view=workloads', 'gangway'],
  ['workloads-one', '?view=workloads&selected=harbour/deployment/web', 'gangway'],
  ['live-top', '?view=live&target=harbour/deployment/web', 'gangway'],
  ['live-tap', '?view=live&target=harbour/deployment/web&tap=all', 'gangway'],
  ['routes', '?view=routes', 'timetable'],
  ['problems', '?view=problems', 'Problems'],
] as const;

/** As the page itself moves: nothing is loaded again. */
async function goTo(page: Page, search: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', '/' + ${JSON.stringify(search)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

const settled = (page: Page) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))');

test('whoever has a phone, a laptop or a wall reaches everything, and sees it whole', async ({
  page,
}, info) => {
  test.setTimeout(300_000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await new GraphPage(page).open();
  const faults: string[] = [];
  for (const [name, search, word] of VIEWS) {
    await goTo(page, search);
    await expect(page.getByText(word).locator('visible=true').first()).toBeVisible();
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await settled(page);
      const found = await page.evaluate(pageFaults);
      faults.push(...found.map((fault) => `${name} at ${width}: ${fault}`));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: join(info.outputDir, `${name}-${width}-${colorScheme}.jpg`),
          type: 'jpeg',
          quality: 70,
        });
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
  }
  expect(faults).toEqual([]);
});

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}

test('whoever reads large text, opens the menu of a bar, or prints, finds nothing out of reach', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 800 });
  await new GraphPage(page).open();
  await page.getByRole('button', { name: /^More/ }).click();
  await expect(
    page.getByRole('dialog', { name: 'More' }).getByRole('button', { name: 'Share' }),
  ).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  for (const search of ['?problems=open', '?view=workloads&selected=harbour/deployment/web']) {
    await goTo(page, search);
    await expect(page.getByText('gangway').locator('visible=true').first()).toBeVisible();
    expect(await violations(page), `large text, ${search}`).toEqual([]);
  }
  await page.evaluate("document.documentElement.style.fontSize = ''");

  for (const search of ['?', '?view=workloads', '?view=problems']) {
    await goTo(page, search);
    await expect(page.getByText('gangway').locator('visible=true').first()).toBeVisible();
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('gangway').locator('visible=true').first()).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden();
    expect(await violations(page), `print, ${search}`).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
  }
});
