import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page, Response } from '@playwright/test';
import { freePort } from '../../scripts/free-port.ts';
import { stopChild } from '../../scripts/processes.ts';
import { startServer } from '../../scripts/stack.ts';
import { chooseInBar, inBar } from '../bar.ts';
import { GraphPage } from '../graph.ts';
import { test as base, expect, type Stack } from '../stack.ts';
import { startWiki, type Wiki } from '../wiki.ts';

const TOKEN = 'a-token-for-this-story-alone';
const DOCS = join(import.meta.dirname, '..', '..', 'docs');

/** A server on the same mesh that wants a token, and that the wiki may frame. */
interface Guarded {
  readonly url: string;
  readonly wiki: Wiki;
  link(namespace: string): Promise<string>;
}

async function startGuarded(stack: Stack): Promise<Guarded & { stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-wiki-'));
  const [token, keys] = [join(folder, 'token'), join(folder, 'keys')];
  await writeFile(token, TOKEN);
  await writeFile(keys, `story:0123456789abcdefghijklmnopqrstuv\n`);
  const wiki = await startWiki();
  const server = await startServer(
    [
      ...['--demo', '--port', String(await freePort()), ...stack.sources],
      ...['--access-token-file', token, '--embed-key-file', keys, '--embed-ancestor', wiki.origin],
    ],
    () => undefined,
  );
  return {
    url: server.url.replace(/\/$/, ''),
    wiki,
    async link(namespace) {
      const answer = await fetch(new URL('/api/embed-link', server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({ namespace: [namespace] }),
      });
      return ((await answer.json()) as { link: string }).link;
    },
    async stop() {
      await stopChild(server.child);
      await wiki.close();
      await rm(folder, { recursive: true });
    },
  };
}

const test = base.extend<{ reader: BrowserContext }, { guarded: Guarded }>({
  guarded: [
    async ({ stack }, use) => {
      const guarded = await startGuarded(stack);
      await use(guarded);
      await guarded.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  /** Somebody who reads the wiki in a browser that keeps nothing for frames of other sites. */
  reader: async ({ playwright, launchOptions }, use) => {
    const browser = await playwright.chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--test-third-party-cookie-phaseout'],
    });
    await use(await browser.newContext({ viewport: { width: 1120, height: 700 } }));
    await browser.close();
  },
});

// Run in the browser, whose types are not here.
const widthOf = (image: unknown) => (image as { naturalWidth: number }).naturalWidth;
const setWidth = (frame: unknown, width: string) => {
  (frame as { style: { width: string } }).style.width = width;
};

interface SvgPart {
  querySelectorAll(selector: string): Iterable<SvgPart>;
  getAttribute(name: string): string | null;
  getScreenCTM(): { a: number };
}

/** The size of the smallest name on the screen, px. */
const smallestName = (picture: unknown) => {
  const svg = picture as SvgPart;
  const names = [...svg.querySelectorAll('text[font-weight="600"]')];
  return Math.min(...names.map((name) => Number(name.getAttribute('font-size')) * svg.getScreenCTM().a));
};

async function openWiki(reader: BrowserContext, wiki: Wiki, body: string): Promise<Page> {
  wiki.write(body);
  const page = await reader.newPage();
  await page.goto(wiki.origin);
  return page;
}

test('a team reads its live graph in its wiki, without a login', async ({ reader, guarded, stack }, info) => {
  const { url, wiki } = guarded;
  const link = await guarded.link('harbour');
  // A mesh that has only just begun has no share yet.
  const badge = `${url}/embed/badge.svg?link=${link}`;
  await expect
    .poll(async () => (await fetch(badge)).text(), { timeout: 30_000, intervals: [1_000] })
    .toContain('percent of requests secured');
  const scripts: Promise<number>[] = [];
  const weigh = (response: Response) => {
    if (response.request().resourceType() === 'script')
      scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
  };
  reader.on('response', weigh);
  const page = await openWiki(
    reader,
    wiki,
    `<h1>The harbour: how it fits together</h1>
     <p>Owned by the harbour team. Encryption of what comes and goes: <img src="${badge}" alt="mTLS share"></p>
     <iframe src="${url}/embed/graph?title=Harbour&link=${link}" height="460" title="Service graph"></iframe>
     <p>The graph is live. A click opens it in Latchwork, with everything else that is known.</p>`,
  );
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('heading', { name: 'Harbour' })).toBeVisible({ timeout: 30_000 });
  await expect(frame.locator('.picture text', { hasText: 'gangway' })).toBeVisible();
  await expect(frame.locator('header')).toContainText('secured');
  await expect.poll(() => page.locator('img').evaluate(widthOf)).toBeGreaterThan(60);

  // Live: what happens in the mesh happens in the wiki.
  const words = async () => (await frame.locator('.picture title').allTextContents()).join('; ');
  const before = await words();
  await expect.poll(words).not.toBe(before);

  // No other namespace is named, and nothing was kept for a third party.
  expect(await words()).not.toMatch(/booking|fleet|yard|linkerd/);
  expect(await words()).toContain('Elsewhere');
  expect(await reader.cookies()).toEqual([]);

  // The first load of the frame: the page that opens from it later is weighed elsewhere.
  reader.off('response', weigh);
  const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(60_000);

  // Readable at 600 px: no name is smaller than 9 px on the screen.
  await page.locator('iframe').evaluate(setWidth, '600px');
  await expect.poll(() => frame.locator('.picture svg').evaluate(smallestName)).toBeGreaterThanOrEqual(9);
  await page.locator('iframe').evaluate(setWidth, '100%');

  const axe = await new AxeBuilder({ page }).include('iframe').analyze();
  expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.length}`)).toEqual([]);

  const folder = process.env['LATCHWORK_SCREENSHOTS'] ? DOCS : info.outputPath();
  await mkdir(folder, { recursive: true });
  const picture = await page.screenshot({ path: join(folder, 'wiki-light.png'), animations: 'disabled' });
  expect(picture.length).toBeGreaterThan(20_000);

  // A click anywhere opens the page itself: that one wants a login.
  const [full] = await Promise.all([page.waitForEvent('popup'), frame.locator('.picture').click()]);
  await expect(full.getByRole('heading', { name: 'Log in to Latchwork' })).toBeVisible();
  await full.getByLabel('Access token').fill(TOKEN);
  await full.getByRole('button', { name: 'Log in' }).click();
  await expect(new GraphPage(full).card('gangway')).toBeVisible({ timeout: 30_000 });
  expect(stack.url).not.toBe(url);
});

test('the wiki gets nothing else: not the page, not another namespace, not an answer', async ({
  reader,
  guarded,
}) => {
  const { url, wiki } = guarded;
  const link = await guarded.link('harbour');
  const frames = {
    page: `${url}/?link=${link}`,
    api: `${url}/api/graph?link=${link}`,
    login: `${url}/login`,
    other: `${url}/embed/graph?namespace=booking&link=${link}`,
    tampered: `${url}/embed/graph?link=${link.slice(0, -3)}AAA`,
  };
  const page = await openWiki(
    reader,
    wiki,
    Object.entries(frames)
      .map(([name, src]) => `<iframe name="${name}" title="${name}" src="${src}" height="80"></iframe>`)
      .join(''),
  );
  await expect(page.frameLocator('[name=other]').getByRole('heading')).toHaveText(
    'This link does not open what was asked for',
  );
  await expect(page.frameLocator('[name=tampered]').getByRole('heading')).toHaveText(
    'This link was changed after it was signed',
  );
  for (const name of ['page', 'api', 'login']) {
    const refused = page.frame({ name });
    await expect.poll(() => refused?.url()).toMatch(/^chrome-error:/);
  }

  // What a script of the wiki could try: none of it is readable, or there.
  const tries = await page.evaluate<Record<string, string>>(`(async () => {
    const link = ${JSON.stringify(link)}, url = ${JSON.stringify(url)}, results = {};
    for (const path of ['/embed/graph.svg', '/embed/oembed', '/api/graph', '/api/workloads', '/metrics'])
      results[path] = await fetch(url + path + '?link=' + link, { credentials: 'include' }).then((r) => r.text(), () => 'blocked');
    for (const path of ['/embed/live', '/api/live'])
      results[path] = await new Promise((resolve) => {
        const socket = new WebSocket(url.replace('http', 'ws') + path + '?link=' + link);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('blocked');
      });
    return results;
  })()`);
  expect(new Set(Object.values(tries))).toEqual(new Set(['blocked']));
});

test('a wiki that puts frames into a sandbox, or takes their size away, shows the graph all the same', async ({
  reader,
  guarded,
}) => {
  const src = `${guarded.url}/embed/graph?link=${await guarded.link('harbour')}`;
  const page = await openWiki(
    reader,
    guarded.wiki,
    `<iframe title="sandboxed" sandbox="allow-scripts" height="420" src="${src}"></iframe><iframe title="bare" style="width:auto" src="${src}"></iframe>`,
  );
  for (const title of ['sandboxed', 'bare']) {
    const frame = page.frameLocator(`[title=${title}]`);
    await expect(frame.locator('.picture svg > title')).toHaveText(/^harbour, /, { timeout: 30_000 });
    await expect(frame.getByRole('heading', { name: 'harbour' })).toBeVisible();
  }
});

test('a page that nobody named may not frame the graph, and the dialog says what to set', async ({
  page,
  guarded,
  stack,
}) => {
  // The server of the other stories names nobody.
  guarded.wiki.write(`<iframe name="graph" title="graph" src="${stack.url}/embed/graph"></iframe>`);
  await page.goto(guarded.wiki.origin);
  await expect.poll(() => page.frame({ name: 'graph' })?.url()).toMatch(/^chrome-error:/);

  await new GraphPage(page).open('?namespace=harbour');
  await (await inBar(page, 'Share')).click();
  const dialog = page.getByRole('dialog', { name: 'Share this graph' });
  await expect(dialog.getByText('--embed-ancestor https://wiki.example.com')).toBeVisible();
  await expect(dialog.getByText(/^<iframe src=.*namespace=harbour/)).toBeVisible();
  const preview = dialog.getByRole('img', { name: /graph as it will look/ });
  await expect.poll(() => preview.evaluate(widthOf)).toBeGreaterThan(300);
  const axe = await new AxeBuilder({ page }).analyze();
  expect(axe.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('someone takes the graph along as a file', async ({ page }) => {
  await new GraphPage(page).open();
  for (const [name, start] of [
    ['Picture SVG', '<svg '],
    ['Picture PNG', '\u0089PNG'],
    ['Edges as a table CSV', 'source,target,'],
    ['Everything JSON', '{'],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), chooseInBar(page, 'Export', name)]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString('latin1')).toMatch(new RegExp(`^${start}`));
  }
});
