// Whose traffic is it: boxes of the graph are what a label of pods says, instead of namespaces.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { GraphPage } from '../graph.ts';
import { MatrixPage } from '../matrix.ts';
import { expect, test } from '../stack.ts';

async function expectNoViolations(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
      [],
    );
  }
}

test('an operator groups the graph by team and sees which team’s traffic is not locked', async ({ page }) => {
  const graph = new GraphPage(page);
  await graph.open('?focus=harbour/deployment/web&folded=booking');
  await page.locator('.view-bar').getByRole('button', { name: /^More/ }).focus();
  await page.keyboard.press('Enter');
  const team = page.getByRole('link', { name: /^team 4 values, 14 of \d+ workloads$/ });
  await expect(team).toBeVisible();
  await expectNoViolations(page);
  await team.focus();
  await page.keyboard.press('Enter');

  // What named boxes of before is left behind; the neighbourhood of a workload is none.
  await expect(page).toHaveURL(/\?focus=harbour\/deployment\/web&by=team$/);
  await page.getByRole('link', { name: 'Show all' }).click();
  const picture = page.getByRole('group', { name: 'Service graph' });
  const box = (name: string) => picture.locator(`[data-box="${name}"]`);
  for (const name of ['passengers', 'payments', 'schedules', 'ships', 'no team'])
    await expect(box(name)).toBeVisible();
  await expect(box('payments').locator('title')).toContainText('100 %');
  await expect(box('ships').locator('title')).toContainText(/\. \d\d % of the requests/);
  await expect(graph.card('web\\.booking, Deployment in booking, team passengers')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Boxes team' })).toBeVisible();
  await expectNoViolations(page);

  await page.getByRole('link', { name: 'Fold ships' }).focus();
  await page.keyboard.press('Enter');
  await graph.card('ships, folded group by team').dispatchEvent('click');
  await expect(graph.drawer).toContainText('folded group by team');
  await expect(graph.drawer.getByRole('link', { name: 'positions' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('m');
  const matrix = new MatrixPage(page);
  await expect(matrix.grid).toBeAttached();
  await expect(page.getByText('Every team')).toBeVisible();
  // Only what is around the current cell is there for readers.
  await expect(
    page.getByRole('rowheader', { name: 'web.harbour in harbour, team passengers' }),
  ).toBeAttached();

  await page.goBack();
  await page.getByRole('button', { name: 'Boxes team' }).click();
  await page.getByRole('link', { name: 'namespace', exact: true }).click();
  await expect(box('booking')).toBeVisible();
  await expect(page).not.toHaveURL(/by=|folded=/);
});

test('an address that asks for a label that nobody has says so, and shows namespaces', async ({ page }) => {
  await new GraphPage(page).open('?by=cost-centre');
  await expect(page.getByText('the graph cannot be grouped by the label cost-centre')).toBeVisible();
  await expect(page.locator('[data-box="booking"]')).toBeVisible();
  await page.getByRole('link', { name: 'By namespace' }).click();
  await expect(page).not.toHaveURL(/by=/);
});
