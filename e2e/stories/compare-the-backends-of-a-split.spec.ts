import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../stack.ts';

test('a release engineer sees which backend of a split is worse, and what that rests on', async ({
  page,
}) => {
  test.slow();
  await page.goto('/');
  await page.getByRole('link', { name: 'Routes' }).click();
  const routes = page.getByRole('table', { name: 'Routes' });
  await routes.getByRole('link', { name: 'timetable-split' }).click();
  const share = page
    .getByRole('paragraph')
    .filter({ hasText: /timetable-canary configured 15\s%, observed\s+\d/ });
  await expect(share).toBeVisible();
  // The canary is the slower one from the start: as soon as 50 requests on both sides can carry it, it is said.
  await expect(page.getByText('timetable-canary is slower')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('row', { name: /^timetable-canary/ })).toContainText(/\d/);
  // Points stand at whole minutes, and are asked for once a minute.
  const past = page.getByRole('img', {
    name: /^Share of requests since \d\d:\d\d: timetable-stable \d.*; timetable-canary \d/,
  });
  await expect(past).toBeVisible({ timeout: 130_000 });
  await expect(
    page.getByRole('img', { name: /^Success since \d\d:\d\d: timetable-stable \d/ }),
  ).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
});

test('a release engineer reads the weight on the edge, and since when it stands', async ({ page }) => {
  await page.goto('/');
  const edge = page.getByRole('button', { name: /^web to timetable-canary in harbour.*weight 15\s%/ });
  await edge.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: /timetable-canary/ });
  await expect(drawer).toContainText(
    /HTTPRoute timetable-split gives 15\s% of the calls to Service timetable/,
  );
  await expect(drawer).toContainText(/Weights unchanged since \d{4}-\d\d-\d\d/);
  await drawer.getByRole('link', { name: 'timetable-split' }).click();
  await expect(page.getByRole('table', { name: 'Routes' })).toBeVisible();
});

test('a release engineer sees new weights within a minute, and since when they stand', async ({
  page,
  stack,
}) => {
  await page.goto('/?view=routes');
  const routes = page.getByRole('table', { name: 'Routes' });
  await routes.getByRole('link', { name: 'timetable-split' }).click();
  const configured = (share: number) =>
    page.getByRole('paragraph').filter({ hasText: new RegExp(`timetable-canary configured ${share}\\s%`) });
  await expect(configured(15)).toBeVisible();
  await stack.turn('/split/harbour/timetable-split?weights=40,60');
  await expect(configured(60)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Weights unchanged since .*, at least/)).toBeVisible();
  // The canary stays what is asked about, although it has more by now.
  await expect(page.getByText(/timetable-stable is (slower|quicker)/)).toHaveCount(0);
  await page.goto('/');
  await expect(
    page.getByRole('button', { name: /^web to timetable-canary in harbour.*weight 60\s%/ }),
  ).toBeVisible();
});

test('a developer reads why a route shows nothing', async ({ page }) => {
  await page.goto('/?view=routes&namespace=booking');
  const row = page.getByRole('row', { name: /^seats-lookup/ });
  await expect(row).toContainText('GET, path begins with /seats');
  await expect(row).toContainText('Counted where requests arrive');
  await row.getByRole('link').click();
  await expect(page.getByText(/Open the workload behind it/)).toBeVisible();
});
