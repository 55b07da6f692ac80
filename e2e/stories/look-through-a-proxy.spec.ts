import { startFront } from '../front.ts';
import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

test('a reader whose session ended is asked to sign in, and keeps the picture meanwhile', async ({
  page,
  stack,
}) => {
  const front = await startFront(stack.url, { upgrades: true });
  try {
    await page.goto(front.url);
    const graph = new GraphPage(page);
    await expect(graph.card('gangway')).toBeVisible();

    front.endSessions();
    await expect(page.getByText('Your session has ended.').first()).toBeVisible();
    await expect(page.getByText('The server of this page does not answer.')).toBeHidden();
    await expect(graph.card('gangway')).toBeVisible();

    front.signIn();
    await page.getByRole('button', { name: 'Load the page again' }).click();
    await expect(page.getByText('Your session has ended.')).toBeHidden();
    await expect(page.getByText(/^[0-3] s ago$/)).toBeVisible();
  } finally {
    front.close();
  }
});

test('a team behind a proxy that passes no WebSocket sees the same numbers', async ({ page, stack }) => {
  const front = await startFront(stack.url, { upgrades: false });
  try {
    await page.goto(front.url);
    await expect(new GraphPage(page).card('gangway')).toBeVisible();
    await expect(page.getByText(/^[0-3] s ago$/)).toBeVisible();
    await page.getByRole('link', { name: 'Workloads' }).click();
    await expect(page.getByRole('row', { name: /gangway/ })).toBeVisible();
    await expect(page.getByText('does not answer')).toBeHidden();
  } finally {
    front.close();
  }
});
