import { GraphPage } from '../graph.ts';
import { startGuarded } from '../guarded.ts';
import { CLIENT, type Issuer, startIssuer } from '../issuer.ts';
import { expect, test } from '../stack.ts';

const ACCOUNTS = {
  jane: { email: 'jane@example.com', email_verified: true, groups: ['harbour-team'] },
};

test('someone logs in with their company’s login, sees the namespaces of their group and nothing else, and logs out', async ({
  page,
  stack,
}) => {
  await stack.turn('/person?name=group:harbour-team&role=tapper&namespace=harbour');
  let issuer: Issuer | null = null;
  const server = await startGuarded(stack, { secret: CLIENT.secret }, async (url, path) => {
    issuer = await startIssuer(`${url}/login/oidc/back`, ACCOUNTS);
    return [
      ...['--oidc-issuer', issuer.url, '--oidc-client-id', CLIENT.id],
      ...['--oidc-client-secret-file', path('secret'), '--role-group', 'tapper=harbour-team'],
      '--namespaces-by-rights',
    ];
  });
  try {
    await page.goto(`${server.url}/?window=1m`);
    await page.getByRole('link', { name: /^Log in with 127\.0\.0\.1/ }).click();
    await page.locator('input[name=login]').fill('jane');
    await page.locator('input[name=password]').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();

    const graph = new GraphPage(page);
    await expect(graph.card('gangway')).toBeVisible({ timeout: 30_000 });
    expect(page.url()).toContain(`${server.url}/?window=1m`);
    await expect(page.getByText('jane@example.com')).toBeVisible();
    await expect(graph.card('tickets')).toHaveCount(0);
    await expect(page.locator('body')).not.toContainText('booking');

    // What needs attention in theirs is told, without a name of anybody else.
    await page.goto(`${server.url}/?view=problems`);
    await expect(page.getByText('gangway is called in the clear').first()).toBeVisible();
    await expect(page.locator('body')).not.toContainText('booking');

    await page.getByRole('button', { name: 'Log out' }).click();
    // Off to the end of the login itself; back here nobody is known any more.
    await page.waitForURL(({ origin }) => origin !== server.url);
    await page.goto(server.url);
    await expect(page.getByRole('heading', { name: 'Log in to Latchwork' })).toBeVisible();
  } finally {
    await server.stop();
    (issuer as Issuer | null)?.close();
  }
});
