import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

test('an operator keeps the picture while the server is gone, and it goes on by itself', async ({
  page,
  stack,
}) => {
  const graph = new GraphPage(page);
  await graph.open();

  await stack.killServer();
  const notice = page.getByText('The server of this page does not answer.').first();
  await expect(notice).toBeVisible();
  await expect(graph.card('gangway')).toBeVisible();

  await stack.startServer();
  await expect(notice).toBeHidden({ timeout: 40_000 });
  await expect(page.getByText(/^[0-3] s ago$/)).toBeVisible({ timeout: 30_000 });
});
