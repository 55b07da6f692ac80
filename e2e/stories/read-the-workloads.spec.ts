import { expect, test } from '../stack.ts';

test('an operator finds the workload that is off in the table, and opens it', async ({ page }) => {
  await page.goto('/?view=workloads');
  const table = page.getByRole('table', { name: /workloads/i });
  await expect(table.getByRole('row', { name: /harbour gangway/ })).toBeVisible({ timeout: 30_000 });
  await expect(table.getByRole('row', { name: /yard depot/ })).toContainText('not meshed');
  // Two workloads of one name stay two.
  await expect(table.getByRole('row', { name: /harbour web / })).toBeVisible();
  await expect(table.getByRole('row', { name: /booking web / })).toBeVisible();

  await table
    .getByRole('columnheader', { name: /Rate/ })
    .getByRole('link')
    .or(table.getByRole('columnheader', { name: /Rate/ }).getByRole('button'))
    .first()
    .click();
  await expect(page).toHaveURL(/sort=/);

  await page.getByPlaceholder(/Filter/).fill('positions');
  await expect(table.getByRole('row', { name: /fleet positions/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /harbour gangway/ })).toBeHidden();

  await table.getByText('positions').first().click();
  const drawer = page.getByRole('complementary');
  await expect(drawer).toContainText('Callers');
  await expect(drawer).toContainText('tracker');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('an operator finds the workloads with pods outside of the mesh, and what to do about it', async ({
  page,
}) => {
  await page.goto('/?view=workloads');
  const table = page.getByRole('table', { name: 'Workloads' });
  await expect(table.getByRole('row', { name: /positions/ })).toContainText('1/2');
  await page.getByRole('button', { name: /^Meshed/ }).click();
  await page.getByRole('link', { name: /^not meshed/ }).click();
  await expect(table.getByRole('row', { name: /gangway/ })).toHaveCount(0);
  await table.getByRole('link', { name: 'positions' }).click();
  const drawer = page.getByRole('complementary');
  await expect(drawer).toContainText('1 of 2 pods meshed');
  await expect(drawer).toContainText('kubectl -n fleet rollout restart deploy/positions');
});
