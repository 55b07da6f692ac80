import { expect, test } from '../stack.ts';

test('a developer watches live requests, grouped, frozen and paused', async ({ page }) => {
  await page.goto('/?view=live');
  await page
    .getByRole('link', { name: /^harbour\/web/ })
    .or(page.getByRole('button', { name: /^harbour\/web/ }))
    .first()
    .click();

  const table = page.getByRole('table', { name: /top|requests/i });
  await expect(page.getByText('Streaming')).toBeVisible();
  await expect(table.getByRole('row', { name: /gangway.*web/ }).first()).toBeVisible();
  await expect(page.getByText(/requests seen/)).toBeVisible();

  // Ids in paths are folded into one route; no single booking has a row of its own.
  await expect(table.getByText('/bookings/{id}').first()).toBeVisible({ timeout: 40_000 });

  const seen = page.locator('b', { hasText: /^[\d\s]+$/ }).first();
  await page.getByRole('button', { name: 'Pause' }).last().click();
  const held = await seen.textContent();
  await expect(page.getByText(/paused/i).first()).toBeVisible();
  await page.getByText('source', { exact: true }).click();
  await expect(page).toHaveURL(/group=source/);
  expect(await seen.textContent()).toBe(held);
});

test('a developer is told why there is nothing to watch', async ({ page, stack }) => {
  await page.goto('/?view=live&target=yard/deployment/depot');
  await expect(page.getByText(/no proxy|not meshed|no pods/i).first()).toBeVisible();

  await stack.tap('500');
  await page.goto('/?view=live&target=fleet/deployment/tracker');
  await expect(
    page
      .getByRole('main')
      .getByText(/500|tap/i)
      .first(),
  ).toBeVisible();
  await stack.tap('pass');
  await expect(page.getByText('Streaming')).toBeVisible({ timeout: 40_000 });
});
