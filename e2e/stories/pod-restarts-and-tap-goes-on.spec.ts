import { expect, test } from '../stack.ts';

test('a pod restarts, and the tap goes on with the new one', async ({ page, stack }) => {
  await page.goto('/?view=live&target=harbour/deployment/gangway&tap=all');
  const requests = page.getByRole('table', { name: 'Tapped requests' });

  /** Of the newest request; the list goes on afterwards. */
  async function podOfNewest(): Promise<string | undefined> {
    const row = requests.getByRole('row').nth(1);
    await row.getByRole('link').click({ timeout: 5_000 });
    const detail = requests.getByRole('row').filter({ hasText: 'Admitted by' });
    const pod = /gangway-[a-z0-9]+-[a-z0-9]{5}/.exec(
      (await detail.textContent({ timeout: 5_000 })) ?? '',
    )?.[0];
    await requests.locator('tr.selected').getByRole('link').click({ timeout: 5_000 });
    await page.mouse.move(10, 10);
    // What was read holds still until somebody asks for more.
    await page.evaluate('document.activeElement?.blur()');
    return pod;
  }

  let before: string | undefined;
  await expect(async () => {
    before = await podOfNewest();
    expect(before).toBeTruthy();
  }).toPass({ timeout: 30_000 });
  await stack.turn('/restart/harbour/gangway?how=pod');
  await expect(async () => {
    const after = await podOfNewest();
    expect(after).toBeTruthy();
    expect(after).not.toBe(before);
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText('Streaming')).toBeVisible();
});
