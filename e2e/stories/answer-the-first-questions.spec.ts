// The questions of somebody who opens the page for the first time: each takes two clicks at most.

import type { Locator, Page } from '@playwright/test';
import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

class TwoClicks {
  #left = 2;

  async on(what: Locator): Promise<void> {
    expect(this.#left--, 'clicks that are left').toBeGreaterThan(0);
    await what.click();
  }
}

async function opened(page: Page): Promise<TwoClicks> {
  await new GraphPage(page).open();
  return new TwoClicks();
}

function problems(page: Page): Locator {
  return page.getByRole('button', { name: /^Problems/ });
}

/** A line of the list, which tells of `what`. */
function line(page: Page, what: RegExp): Locator {
  return page.getByRole('button', { name: what }).and(page.locator('.lines'));
}

test('what is not encrypted, and why', async ({ page }) => {
  const clicks = await opened(page);
  await clicks.on(problems(page));
  const yard = line(page, /^not encrypted: yard has no proxies/);
  await expect(yard).toContainText('Neither its namespace nor the pod asks for a proxy');
  await expect(line(page, /^not encrypted: positions: 1 of 2 pods has no proxy/)).toBeVisible();
  await clicks.on(yard);
  await expect(page.getByText('kubectl annotate namespace yard linkerd.io/inject=enabled')).toBeVisible();
  await expect(page.getByRole('link', { name: /beacon.*depot/ })).toBeVisible();
});

test('who fails, since when, and who is affected', async ({ page, stack }) => {
  await stack.fail('harbour', 'timetable', 0.6);
  const clicks = await opened(page);
  await clicks.on(problems(page));
  const failing = line(page, /^failing: timetable fails/);
  await expect(failing).toContainText(/(since|before) \d\d:\d\d/, { timeout: 60_000 });
  await expect(failing).toContainText('web');
  await clicks.on(failing);
  await expect(page.getByText(/requests in .* failed/).last()).toBeVisible();
  await expect(page.getByText('felt by')).toBeVisible();
});

test('which of the pods behind an edge has no mTLS, and how responses ended', async ({ page }) => {
  const edge = 'fleet/deployment/tracker~fleet/deployment/positions';
  await page.goto(`/?selected=${edge}`);
  const { drawer } = new GraphPage(page);
  await expect(drawer.getByRole('row', { name: /2xx success/ })).toBeVisible();
  await drawer.getByRole('button', { name: 'Between which pods' }).click();
  await expect(drawer.getByText(/^2 pairs, 1 not all secured/)).toBeVisible({ timeout: 30_000 });
  const open = drawer
    .getByRole('listitem')
    .filter({ hasText: 'plaintext: not provided by service discovery' });
  await expect(open).toHaveText(/^\s*tracker-\S+\s+→\s+positions-/);
});

test('who calls one workload', async ({ page }) => {
  const clicks = await opened(page);
  const graph = new GraphPage(page);
  await clicks.on(graph.card('tracker'));
  await expect(graph.drawer.getByRole('heading', { name: 'Callers' })).toBeVisible();
  for (const caller of [/web harbour/, /beacon fleet/])
    await expect(graph.drawer.getByRole('link', { name: caller })).toBeVisible();
});

test('what runs now, and what of it is slow', async ({ page }) => {
  const clicks = await opened(page);
  await clicks.on(page.getByRole('link', { name: 'Live' }));
  await clicks.on(
    page
      .getByRole('main')
      .getByRole('link', { name: /^harbour\/web/ })
      .first(),
  );
  const table = page.getByRole('table', { name: 'Live requests' });
  await expect(table.getByRole('row', { name: /web.*to.*weather/ }).first()).toBeVisible();
  await expect(table.locator('.tone-warn').first()).toBeVisible({ timeout: 60_000 });
});

test('what is refused, and by what', async ({ page }) => {
  const clicks = await opened(page);
  await clicks.on(problems(page));
  const limited = line(page, /^refused, partly: weather is called above its rate limit|^refused: weather/);
  await expect(limited).toContainText('429');
  const protectedOne = line(page, /^refused: .*tickets turns callers away/);
  await clicks.on(protectedOne);
  await expect(page.getByText('linkerd authz -n booking deploy/tickets')).toBeVisible();
});
