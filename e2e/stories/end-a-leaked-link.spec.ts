import { startGuarded } from '../guarded.ts';
import { expect, test } from '../stack.ts';

const SECRET = 'the-secret-of-kim-in-this-story';

test('someone ends a link that leaked: who has it open sees no more, and the others go on', async ({
  browser,
  stack,
}) => {
  test.setTimeout(120_000);
  const guarded = await startGuarded(
    stack,
    {
      tokens: `kim:signer:${SECRET}\n`,
      keys: 'story:0123456789abcdefghijklmnopqrstuv\n',
      ended: '',
    },
    (_, path) => [
      ...['--access-token-file', path('tokens'), '--embed-key-file', path('keys')],
      ...['--embed-ended-file', path('ended')],
    ],
  );
  try {
    const sign = async () => {
      const answer = await fetch(`${guarded.url}/api/embed-link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRET}` },
        body: JSON.stringify({ namespace: ['harbour'] }),
      });
      return (await answer.json()) as { link: string; linkId: string };
    };
    const [leaked, other] = [await sign(), await sign()];
    const reader = await browser.newContext();
    const open = async (link: string) => {
      const page = await reader.newPage();
      await page.goto(`${guarded.url}/embed/graph?link=${link}`);
      await expect(page.locator('.picture text', { hasText: 'gangway' })).toBeVisible({ timeout: 45_000 });
      return page;
    };
    const [theirs, ours] = [await open(leaked.link), await open(other.link)];

    await guarded.write('ended', `${leaked.linkId}\n`);

    await expect(theirs.getByText(/ended/).first()).toBeVisible({ timeout: 15_000 });
    await theirs.reload();
    await expect(theirs.getByRole('heading', { name: /ended/ })).toBeVisible();
    await ours.reload();
    await expect(ours.locator('.picture text', { hasText: 'gangway' })).toBeVisible({ timeout: 30_000 });
    await reader.close();
  } finally {
    await guarded.stop();
  }
});
