import { expect, test } from '../stack.ts';

test('a user without the right to tap sees what to apply, and goes on by itself when it is applied', async ({
  page,
  context,
  stack,
}) => {
  await stack.turn('/tap-rights?mode=none');
  await page.goto('/?view=live&target=harbour/deployment/web&tap=all');
  await expect(page.getByRole('heading', { name: /No requests from harbour\/web/ })).toBeVisible();
  const manifest = page.getByRole('figure', { name: 'Manifest' });
  await expect(manifest).toContainText('tap.linkerd.io');
  await expect(manifest).toContainText('deployments/tap');
  await expect(page.getByRole('button', { name: 'Copy manifest' })).toBeVisible();

  // Everything else works as before.
  const other = await context.newPage();
  await other.goto('/?view=workloads');
  const workloads = other.getByRole('table', { name: 'Workloads' });
  await expect(workloads.getByRole('row', { name: /gangway/ })).toBeVisible();

  await stack.turn('/tap-rights?mode=all');
  await expect(page.getByRole('table', { name: 'Tapped requests' })).toBeVisible({ timeout: 40_000 });
});
