import { expect, test } from '../stack.ts';

test('a developer copies a route that live requests drafted, and nothing is applied', async ({
  page,
  context,
  stack,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.url });
  await page.goto('/?view=routes&namespace=harbour');
  await page.getByRole('button', { name: 'Draft a route' }).click();
  const draft = page.getByRole('complementary', { name: 'Draft a route' });
  await draft.getByRole('combobox', { name: 'Service' }).selectOption({ label: 'timetable in harbour' });
  await expect(draft.getByRole('listitem').first()).toContainText('GET', { timeout: 60_000 });
  await draft.getByRole('combobox', { name: 'Kind of object' }).selectOption('ServiceProfile');
  await expect(draft.getByText('A draft: nothing is applied from here.')).toBeVisible();
  await draft.getByRole('button', { name: 'Copy manifest' }).click();
  const text = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(text).toContain('kind: ServiceProfile');
  expect(text).toContain('name: timetable.harbour.svc.cluster.local');
  expect(text).toMatch(/pathRegex: "\//);
});
