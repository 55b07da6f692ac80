import { GraphPage } from '../graph.ts';
import { startOtherStore } from '../other-store.ts';
import { expect, test } from '../stack.ts';

interface Named {
  readonly diagnoses: readonly { readonly code: string }[];
  readonly nodes: readonly { readonly id: string; readonly golden?: { readonly rps: number } | null }[];
}

async function graphOf(url: string, query = ''): Promise<Named> {
  const answer = await fetch(`${url}/api/graph?window=10s${query}`);
  return (await answer.json()) as Named;
}

test('an operator with a store that lacks nothing reads no word about it', async ({ page, stack }) => {
  await new GraphPage(page).open('?window=10s');
  // A store that began a moment ago says so.
  const codes = async () => (await graphOf(stack.url)).diagnoses.map(({ code }) => code);
  await expect.poll(codes, { timeout: 60_000 }).toEqual([]);
  // What the notices say is also said to whoever hears the page, in one line that is empty then.
  await expect(page.locator('p.unseen[role="status"]').first()).toHaveText('', { timeout: 30_000 });
  await expect(page.getByText('by callers')).toHaveCount(0);
});

test('an operator whose store keeps no inbound series is told so, and sees rates as callers count them', async ({
  page,
  stack,
}) => {
  const store = await startOtherStore(stack.sdUrl, [
    {
      name: 'linkerd-proxy',
      relabel: [
        '{source_labels: [direction], regex: inbound, action: drop}',
        '{source_labels: [__name__], regex: "inbound_.*", action: drop}',
      ],
    },
  ]);
  try {
    await page.goto(`${store.url}/?window=10s`);
    const graph = new GraphPage(page);
    await expect(graph.card('timetable')).toBeVisible({ timeout: 60_000 });
    // What a store keeps is asked now and then, and this one has just begun.
    await expect(page.getByText(/^No inbound series are stored/).first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('by callers').first()).toBeVisible();

    await graph.card('timetable').dispatchEvent('click');
    await expect(graph.drawer).toContainText(/Callers sent [\d.]+\/s/);
    await expect(graph.drawer).not.toContainText('No HTTP requests');

    await page.goto(`${store.url}/?view=workloads&window=10s`);
    await expect(page.getByRole('row', { name: /timetable/ }).first()).toContainText('by callers');
  } finally {
    await store.stop();
  }
});

test('an operator with two clusters in one store sees one of them, and chooses the other', async ({
  page,
  stack,
}) => {
  const named = (cluster: string) => `{target_label: cluster, replacement: ${cluster}}`;
  const store = await startOtherStore(stack.sdUrl, [
    { name: 'east', relabel: [named('east')] },
    {
      name: 'west',
      relabel: [
        named('west'),
        '{source_labels: [pod], target_label: pod, replacement: "$1-w"}',
        '{source_labels: [instance], target_label: instance, regex: "10[.]42[.](.*)", replacement: "10.99.$1"}',
      ],
    },
  ]);
  try {
    await page.goto(`${store.url}/?window=10s`);
    const graph = new GraphPage(page);
    await expect(graph.card('gangway')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/This store holds 2 clusters.*: east is shown/).first()).toBeVisible();

    // Never both added up.
    const rps = ({ nodes }: Named) =>
      nodes.find(({ id }) => id === 'harbour/deployment/gangway')?.golden?.rps ?? 0;
    // A store of a few seconds says more or less than there is; of both clusters it would say twice as much for ever.
    const share = async () => {
      const [alone, east] = await Promise.all([graphOf(stack.url), graphOf(store.url)]);
      return rps(east) / rps(alone);
    };
    await expect.poll(share, { timeout: 40_000 }).toBeGreaterThan(0.5);
    await expect.poll(share, { timeout: 40_000 }).toBeLessThan(1.5);

    await page.getByRole('button', { name: /^Cluster/ }).click();
    await page.getByRole('link', { name: 'west' }).click();
    await expect(page).toHaveURL(/cluster=west/);
    await expect(graph.card('gangway')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/: west is shown/).first()).toBeVisible();
  } finally {
    await store.stop();
  }
});
