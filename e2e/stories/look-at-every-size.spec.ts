import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { GraphPage } from '../graph.ts';
import { MatrixPage } from '../matrix.ts';
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

interface Look {
  readonly name: string;
  readonly search: string;
  /** What is there then, and not before. */
  readonly sign: (page: Page) => Locator;
  /** What no address says. */
  readonly act?: (page: Page) => Promise<void>;
}

const table = (name: string) => (page: Page) => page.getByRole('table', { name, exact: true });
const beside = (name: string | RegExp) => (page: Page) => page.getByRole('complementary', { name });

const LOOKS: readonly Look[] = [
  { name: 'graph', search: '', sign: (page) => new GraphPage(page).card('gangway') },
  {
    name: 'graph-card',
    search: '?selected=harbour/deployment/timetable',
    sign: beside(/timetable/),
  },
  {
    name: 'graph-edge',
    search: '?selected=fleet/deployment/tracker~fleet/deployment/positions',
    sign: beside(/tracker/),
  },
  {
    name: 'graph-refused',
    search: '?selected=booking/job/nightly-report~booking/deployment/tickets',
    act: async (page) => {
      await page.getByRole('button', { name: 'What refused it' }).click();
      await page.getByText(/^Server tickets-http/).click();
    },
    sign: (page) => page.getByRole('figure', { name: /^Server tickets-http/ }),
  },
  { name: 'graph-problems', search: '?problems=open', sign: beside('Problems') },
  {
    name: 'graph-find',
    search: '?find=open&filter=upstream:seats',
    sign: (page) => page.getByRole('group', { name: 'What is found' }),
  },
  {
    name: 'graph-groups',
    search: '?by=team',
    sign: (page) => page.locator('[data-box="passengers"],[data-box="schedules"]').first(),
  },
  { name: 'graph-table', search: '?shape=table', sign: table('Edges') },
  { name: 'graph-matrix', search: '?shape=matrix', sign: (page) => new MatrixPage(page).grid },
  { name: 'workloads', search: '?view=workloads', sign: table('Workloads') },
  {
    name: 'workloads-one',
    search: '?view=workloads&selected=harbour/deployment/web',
    sign: beside(/web/),
  },
  {
    name: 'workloads-columns',
    search: '?view=workloads&columns=pods,rate,p50,p95,p99,tcp,in,out',
    sign: (page) => page.getByRole('button', { name: 'Columns 8 of 11' }),
  },
  { name: 'namespaces', search: '?view=workloads&rows=namespace', sign: table('Namespace') },
  { name: 'pods', search: '?view=workloads&rows=pod', sign: table('Pod') },
  { name: 'services', search: '?view=workloads&rows=service', sign: table('Service') },
  { name: 'policies', search: '?view=workloads&rows=policy', sign: table('Workload') },
  {
    name: 'live-top',
    search: '?view=live&target=harbour/deployment/web',
    sign: table('Live requests'),
  },
  {
    name: 'live-tap',
    search: '?view=live&target=harbour/deployment/web&tap=all',
    sign: table('Tapped requests'),
  },
  { name: 'routes', search: '?view=routes', sign: table('Routes') },
  {
    name: 'routes-draft',
    search: '?view=routes&namespace=harbour',
    act: (page) => page.getByRole('button', { name: 'Draft a route' }).click(),
    sign: beside('Draft a route'),
  },
  {
    name: 'problems',
    search: '?view=problems',
    sign: (page) => page.getByRole('list', { name: 'Problems', exact: true }).getByRole('listitem').first(),
  },
  {
    name: 'health',
    search: '?view=health',
    sign: (page) => page.getByRole('region', { name: 'Certificates' }),
  },
];

function look(name: string): Look {
  const found = LOOKS.find((one) => one.name === name);
  if (!found) throw new Error(`there is no look ${name}`);
  return found;
}

/** As the page itself moves: nothing is loaded again. */
async function goTo(page: Page, search: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', '/' + ${JSON.stringify(search)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

/** A view that is there already has nothing to wait for: that it was not is what makes the wait one. */
async function see(page: Page, { search, sign, act }: Look): Promise<void> {
  await goTo(page, search);
  await act?.(page);
  await expect(sign(page)).toBeVisible({ timeout: 30_000 });
}

const settled = (page: Page) =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))');

test('whoever has a phone, a laptop or a wall reaches everything, and sees it whole', async ({
  page,
}, info) => {
  test.setTimeout(480_000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await new GraphPage(page).open();
  const faults: string[] = [];
  for (const one of LOOKS) {
    const { name, sign } = one;
    if (one !== LOOKS[0]) await expect(sign(page), name).toHaveCount(0);
    await see(page, one);
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

  await new GraphPage(page).card('gangway').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: /^gangway/ })).toBeVisible();
  expect(await violations(page), 'the menu of a card').toEqual([]);
  await page.keyboard.press('Escape');

  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  for (const name of ['graph-problems', 'workloads-one', 'pods', 'health']) {
    await see(page, look(name));
    expect(await violations(page), `large text, ${name}`).toEqual([]);
  }
  await page.evaluate("document.documentElement.style.fontSize = ''");

  for (const name of ['graph', 'graph-table', 'workloads', 'pods', 'problems', 'health']) {
    const { sign } = look(name);
    await see(page, look(name));
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.emulateMedia({ media: 'print' });
    await expect(sign(page)).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden();
    expect(await violations(page), `print, ${name}`).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
  }
});
