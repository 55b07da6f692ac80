import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNginx } from '../../scripts/binaries/nginx-binary.ts';
import { freePort } from '../../scripts/free-port.ts';
import { startNginx } from '../../scripts/nginx.ts';
import { stopChild } from '../../scripts/processes.ts';
import { GraphPage } from '../graph.ts';
import { expect, test } from '../stack.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'deploy', 'nginx');
/** A browser knows by itself that it is this machine. */
const SITE = 'mesh.localhost';
const WAYS = {
  'with a base path': { file: 'latchwork.conf', flags: ['--base-path', '/latchwork'] },
  'that takes the path off': { file: 'latchwork-prefix.conf', flags: [] },
};

test.afterEach(async ({ stack }) => {
  await stack.killServer();
  await stack.startServer();
});

for (const [way, { file, flags }] of Object.entries(WAYS))
  test(`a team opens the page under a path of its own site, behind an nginx ${way}`, async ({
    page,
    stack,
  }) => {
    const binary = await findNginx({ required: Boolean(process.env['CI']) });
    // biome-ignore lint/suspicious/noSkippedTests: only where nginx cannot be had, and never in CI
    test.skip(binary === null, 'nginx is not installed');
    const folder = await mkdtemp(join(tmpdir(), 'latchwork-nginx-'));
    await stack.killServer();
    const port = await freePort();
    await stack.startServer([...flags, '--allowed-host', `${SITE}:${port}`]);
    const nginx = await startNginx({
      binary: binary ?? '',
      folder,
      site: await readFile(join(EXAMPLES, file), 'utf8'),
      serverPort: Number(new URL(stack.url).port),
      port,
    });
    try {
      const home = `http://${SITE}:${nginx.port}/latchwork/`;
      const strays: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(home.slice(0, -1))) strays.push(request.url());
      });

      await page.goto(`${home.slice(0, -1)}?window=30s`);
      const graph = new GraphPage(page);
      await expect(graph.edge('gangway', 'web')).toHaveAccessibleName(/secured/, { timeout: 30_000 });
      expect(page.url()).toBe(`${home}?window=30s`);

      // What comes after the first picture comes through the socket.
      await stack.fail('harbour', 'timetable', 0.6);
      await expect(graph.card('timetable')).toHaveAccessibleName(/ [1-8]?\d(\.\d+)? percent success/, {
        timeout: 40_000,
      });

      await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Workloads' }).click();
      const row = page.getByRole('row', { name: /harbour gangway/ });
      await expect(row).toBeVisible();
      expect(page.url().startsWith(`${home}?`)).toBe(true);
      await page.reload();
      await expect(row).toBeVisible();
      expect(strays).toEqual([]);
    } finally {
      await stopChild(nginx.child);
      await rm(folder, { recursive: true, force: true });
    }
  });
