import { readFile } from 'node:fs/promises';
import type { TappedRequest } from '@latchwork/shared/tap/tap';
import { expect, test } from '../stack.ts';

test('a developer opens a request, and sees which policy let it in', async ({ page }) => {
  await page.goto('/?view=live&target=booking/deployment/tickets');
  await page.getByRole('link', { name: 'Tap', exact: true }).click();
  const requests = page.getByRole('table', { name: 'Tapped requests' });
  const admitted = requests.getByRole('row', { name: /tickets/ });
  await expect(admitted.first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Filter requests' }).fill('to:tickets');
  await admitted.first().getByRole('link').click();
  await expect(requests).toContainText('AuthorizationPolicy ticket-desk');
  await expect(requests).toContainText('Server tickets-http');
  await expect(page).toHaveURL(/request=/);
  await expect(page.getByText(/requests seen/)).toBeVisible();
});

test('a developer follows one route, and takes its requests along without secrets', async ({ page }) => {
  await page.goto('/?view=live&target=harbour/deployment/gangway');
  const rows = page.getByRole('table', { name: 'Live requests' });
  // Only these carry what passengers sign in with.
  await rows
    .getByRole('row', { name: /POST/ })
    .filter({ hasText: /gangway.*POST/ })
    .first()
    .getByRole('link')
    .click({ timeout: 60_000 });
  const requests = page.getByRole('table', { name: 'Tapped requests' });
  await expect(requests.getByRole('row', { name: /POST/ }).first()).toBeVisible({ timeout: 60_000 });
  await requests.getByRole('row', { name: /POST/ }).first().getByRole('link').click();
  await expect(requests).toContainText('authorization: withheld');
  await expect(page.locator('body')).not.toContainText('an-invented-token');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/\.ndjson$/);
  const text = await readFile(await file.path(), 'utf8');
  const saved = text
    .trimEnd()
    .split('\n')
    .map((line): TappedRequest => JSON.parse(line));
  expect(saved.length).toBeGreaterThan(0);
  expect(new Set(saved.map(({ method }) => method))).toEqual(new Set(['POST']));
  expect(text).not.toContain('an-invented');
});

test('a developer lets the proxies leave out what does not matter', async ({ page }) => {
  await page.goto('/?view=live&target=harbour/deployment/gangway&tap=all');
  const requests = page.getByRole('table', { name: 'Tapped requests' });
  await expect(requests.getByRole('row').nth(5)).toBeVisible();
  await page.getByRole('button', { name: /^Filters/ }).click();
  await page.getByRole('combobox', { name: 'To' }).fill('harbour/deployment/web');
  await page.getByRole('textbox', { name: 'Path begins with' }).fill('/sailings');
  await page.getByRole('textbox', { name: 'Path begins with' }).press('Enter');
  await expect(page).toHaveURL(/ask=path:\/sailings,to:harbour\/deployment\/web/);
  await expect(page.getByText('linkerd viz tap deployment/gangway')).toContainText('--path /sailings');
  await expect(requests.getByRole('row').nth(3)).toBeVisible();
  for (const row of (await requests.getByRole('row').allTextContents()).slice(1))
    expect(row).toMatch(/gangway.*web.*\/sailings/s);
});
