import { type NarrowServer, startInOneNamespace } from '../one-namespace.ts';
import { expect, test } from '../stack.ts';

test.describe('a developer with a role in one namespace', () => {
  let server: NarrowServer;
  test.beforeAll(async ({ stack }) => {
    server = await startInOneNamespace(stack, 'harbour');
  });
  test.afterAll(() => server?.stop());

  test('sees pods and idle workloads of it, numbers of all, and of what Kubernetes does not speak', async ({
    page,
  }) => {
    await page.goto(`${server.url}/?view=workloads`);
    const table = page.getByRole('table', { name: 'Workloads' });
    // Of its own namespace: pods by number, and who is not meshed, which no metric knows.
    await expect(table.getByRole('row', { name: /harbour\s+web/ })).toContainText('2/2');
    await expect(table.getByRole('row', { name: /loudspeaker/ })).toContainText('not meshed');
    // Of another: what its callers and itself count.
    const seats = table.getByRole('row', { name: /booking\s+seats/ });
    await expect(seats).toContainText('/s');
    await expect(seats).not.toContainText('1/1');

    const notice = page.getByText(/Kubernetes speaks of namespace harbour alone/).first();
    await expect(notice).toContainText('may not list the whole cluster');
    await expect(page.getByText(/Name other namespaces of yours with --namespace/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy manifest' }).first()).toBeVisible();
    // Of namespaces that the metrics know the pods are asked for, and no more once they are refused.
    const elsewhere = server.refused.filter((path) => /\/namespaces\//.test(path));
    expect(elsewhere.filter((path) => !path.endsWith('/pods'))).toEqual([]);
    expect(server.passed).toContain('/api/v1/namespaces/harbour/pods');
  });

  test('is told on the Graph and in Health what is not known, and nothing is an error', async ({ page }) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(server.url);
    await expect(page.getByText(/Kubernetes speaks of namespace harbour alone/).first()).toBeVisible();
    const graph = page.getByRole('group', { name: 'Service graph' });
    await expect(graph.getByRole('button', { name: /^web, .+2 of 2 pods meshed/ })).toBeVisible();
    await expect(graph.getByRole('button', { name: /^seats, Deployment in booking/ })).toBeVisible();
    await page.goto(`${server.url}/?view=health`);
    await expect(page.getByText(/may not|not told|unknown/i).first()).toBeVisible();
    expect(faults).toEqual([]);
  });
});
