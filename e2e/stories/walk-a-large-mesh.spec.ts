import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startFakePrometheus } from '../../bench/fake-prometheus.ts';
import { teamMesh } from '../../bench/team-mesh.ts';
import { stopChild } from '../../scripts/processes.ts';
import { startServer } from '../../scripts/stack.ts';
import { MapPage } from '../map.ts';
import { expect, test } from '../stack.ts';

const SCRAPE_SECONDS = 5;

async function onLargeMesh(page: Page, walk: (map: MapPage) => Promise<void>): Promise<void> {
  const prometheus = await startFakePrometheus(teamMesh(1_000, 60), SCRAPE_SECONDS);
  const server = await startServer(['--prometheus', prometheus.url, '--port', '0'], () => undefined);
  try {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(server.url);
    const map = new MapPage(page);
    await expect(map.map).toBeVisible({ timeout: 30_000 });
    await expect(map.cards).toHaveCount(61);
    await walk(map);
  } finally {
    await stopChild(server.child);
    prometheus.close();
  }
}

async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`));
  }
  return found;
}

test('on 1,000 workloads an operator opens a namespace, goes on to a neighbour, and comes back', async ({
  page,
}) => {
  await onLargeMesh(page, async (map) => {
    await map.card('team-05').focus();
    await page.keyboard.press('Enter');
    await expect(map.picture.getByRole('button', { name: /^service-\S+, / }).first()).toBeVisible();
    expect(await map.steps()).toEqual(['All namespaces', 'team-05']);
    await expect(page).toHaveURL(/focus=team-05/);

    const words = await map.neighbour().getAttribute('aria-label');
    const neighbour = words!.split(',')[0]!;
    await map.neighbour().dblclick();
    await expect.poll(() => map.steps()).toEqual(['All namespaces', 'team-05', neighbour]);
    await expect(
      map.picture.getByRole('button', { name: new RegExp(`^\\S+, \\S+ in ${neighbour}`) }).first(),
    ).toBeVisible();
    // Where one came from stands beside it.
    await expect(
      map.picture.getByRole('button', { name: /^team-05, folded namespace/ }).first(),
    ).toBeVisible();
    expect(await axe(page)).toEqual([]);

    await map.trail.getByRole('link', { name: 'team-05' }).click();
    await expect.poll(() => map.steps()).toEqual(['All namespaces', 'team-05']);
    await page.keyboard.press('Escape');
    await expect(map.map).toBeVisible();
    await expect(map.cards).toHaveCount(61);
    await page.goBack();
    await expect.poll(() => map.steps()).toEqual(['All namespaces', 'team-05']);
  });
});

test('on 1,000 workloads an operator reads the map: which lines are drawn, and all of one card', async ({
  page,
}) => {
  await onLargeMesh(page, async (map) => {
    const strong = await map.lines().count();
    await expect.poll(() => map.lines().count()).toBeGreaterThan(40);
    await map.choice('Problems').click();
    await expect.poll(() => map.lines().count()).toBeLessThan(strong);
    await map.choice('All').click();
    await expect.poll(() => map.lines().count()).toBeGreaterThan(strong);
    await map.choice('Strong').click();
    await expect.poll(() => map.lines().count()).toBe(strong);

    // What is counted on a card is drawn while the pointer is on it, or the focus.
    const before = await map.lines('team-05').count();
    await map.card('team-05').hover();
    await expect.poll(() => map.lines('team-05').count()).toBeGreaterThan(before);
    await map.trail.hover();
    await expect.poll(() => map.lines('team-05').count()).toBe(before);
    await page.keyboard.press('Shift');
    await map.card('team-05').focus();
    await expect.poll(() => map.lines('team-05').count()).toBeGreaterThan(before);
    await page.keyboard.press('e');
    await expect(page.locator(':focus')).toHaveAttribute('aria-label', /team-05/);
    // Its column depends on the rates of the moment: at an edge there is nothing further on.
    const { x } = (await map.card('team-05').boundingBox())!;
    await page.keyboard.press(x > 700 ? 'ArrowLeft' : 'ArrowRight');
    await expect(page.locator(':focus')).toHaveAttribute('aria-label', /^(?!team-05)\S+, /);

    await map.card('team-05').focus();
    await page.keyboard.press(' ');
    const drawer = page.getByRole('complementary');
    await expect(drawer).toContainText('team-05');
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
    expect(await axe(page)).toEqual([]);
  });
});
