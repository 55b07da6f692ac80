import { startGuarded } from '../guarded.ts';
import { expect, test } from '../stack.ts';

const DESK = 'secret-of-the-help-desk-5647382910';
const WALL = 'secret-of-the-wall-screen-9876543';
const TAP = '/?view=live&target=harbour/deployment/web&tap=all';

test('the help desk watches single requests, and the screen on the wall is told why it may not', async ({
  browser,
  stack,
}) => {
  const tokens = `desk:tapper:${DESK}\nwall:viewer:${WALL}\n`;
  const server = await startGuarded(stack, { tokens }, (_url, path) => [
    '--access-token-file',
    path('tokens'),
  ]);
  try {
    for (const [token, sees] of [
      [DESK, 'requests'],
      [WALL, 'why'],
    ] as const) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${server.url}${TAP}`);
      await page.getByLabel('Access token').fill(token);
      await page.getByRole('button', { name: 'Log in' }).click();
      if (sees === 'requests')
        await expect(page.getByRole('table', { name: 'Tapped requests' })).toBeVisible({ timeout: 40_000 });
      else await expect(page.getByText(/you may not watch single requests here/i).first()).toBeVisible();
      await context.close();
    }
  } finally {
    await server.stop();
  }
});
