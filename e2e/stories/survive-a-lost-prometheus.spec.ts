import { GraphPage } from '../graph.ts';
import { expect, type RelayMode, test } from '../stack.ts';

/** How Prometheus may be lost, and what the page says of it. */
const LOSSES: readonly (readonly [RelayMode, RegExp])[] = [
  ['refuse', /cannot be reached/],
  ['500', /answered 500/],
  ['garbage', /HTML instead of JSON/],
  ['half', /not JSON|cannot be reached|half/],
  ['hang', /did not answer within/],
];

for (const [mode, words] of LOSSES)
  test(`an operator keeps the last picture while Prometheus is lost (${mode}), and has it right again after`, async ({
    page,
    stack,
  }) => {
    const graph = new GraphPage(page);
    await graph.open();

    await stack.prometheus(mode);
    const notice = page.getByRole('main').getByText(words).first();
    await expect(notice).toBeVisible({ timeout: 45_000 });
    await expect(graph.card('gangway')).toBeVisible();

    await stack.prometheus('pass');
    await expect(notice).toBeHidden({ timeout: 30_000 });
    await expect(graph.edge('gangway', 'web')).toHaveAccessibleName(/secured/);
  });

test('an operator who opens the page while Prometheus is lost is told so, and then sees the mesh', async ({
  page,
  stack,
}) => {
  await stack.prometheus('refuse');
  // Another window than the other stories', so that no answer is remembered.
  await page.goto('/?window=47s');
  await expect(page.getByText(/cannot be reached/).first()).toBeVisible();

  await stack.prometheus('pass');
  await expect(new GraphPage(page).card('gangway')).toBeVisible();
});

test('an operator with an empty Prometheus is told what is missing', async ({ page, stack }) => {
  await stack.prometheus('empty');
  await page.goto('/?window=53s');
  await expect(page.getByText(/holds no series|no metrics of Linkerd/).first()).toBeVisible();
});
