import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../stack.ts';

test.use({ scenario: 'two-shores' });

test('an operator sees what is called in another cluster, and whether its gateway answers', async ({
  page,
  stack,
}) => {
  test.slow();
  await page.goto('/');
  const edge = page.getByRole('button', { name: /^tides in harbour to berths\.harbour/ });
  await expect(edge).toBeVisible();
  await expect(page.getByText('in west').first()).toBeVisible();
  await edge.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: /^Edge tides to berths/ });
  await expect(drawer).toContainText('Service of west');
  await expect(drawer).toContainText('the gateway of cluster west');
  await drawer.getByRole('button', { name: 'Whether it answers' }).click();
  const gateway = drawer.getByText(
    /203\.0\.113\.70:4143, .*probes, p50 .*, 2 services mirrored, mirror 1 of 1 ready/,
  );
  // The mesh has only just begun: how quickly it answers is known once it was probed between two scrapes, and told half a minute later.
  await expect(gateway).toBeVisible({ timeout: 60_000 });
  await expect(drawer.getByText('alive')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  const services = await page.context().newPage();
  await services.goto('/?view=workloads&rows=service');
  const row = services.getByRole('row', { name: /berths-west of west, through its gateway/ });
  await expect(row).toContainText('/s');
  await services.close();

  await stack.turn('/gateway/west?mode=down');
  // What never got through is told of the same place.
  await expect(edge).toHaveAccessibleName(/unreached|never/i, { timeout: 60_000 });
  await expect(drawer.getByText('no answer')).toBeVisible({ timeout: 60_000 });
});
