import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { readPageFiles } from './page-files.ts';

const SCRIPT = `export const words = '${'lock '.repeat(1_000)}';`;

async function built() {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-page-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [path, text] of Object.entries({
    'start-1.js': SCRIPT,
    'short-1.js': '1',
    'mark-1.svg': `<svg>${'<path d="M0 0"/>'.repeat(200)}</svg>`,
    'unheard.of': 'x',
  }))
    await writeFile(join(folder, path), text);
  return folder;
}

it('has all that are there, by their names', async () => {
  const files = await readPageFiles(await built());
  expect(Object.fromEntries([...files].map(([name, { type }]) => [name, type]))).toEqual({
    'mark-1.svg': 'image/svg+xml',
    'short-1.js': 'text/javascript; charset=utf-8',
    'start-1.js': 'text/javascript; charset=utf-8',
    'unheard.of': 'application/octet-stream',
  });
});

it('packs what is worth it, once, and needs the disk for nothing', async () => {
  const folder = await built();
  const files = await readPageFiles(folder);
  for (const name of files.keys()) await rm(join(folder, name));
  const start = files.get('start-1.js')!;
  expect(start.plain.toString()).toBe(SCRIPT);
  expect(gunzipSync(await start.packed('gzip')).toString()).toBe(SCRIPT);
  expect(await start.packed('br')).toBe(await start.packed('br'));
  expect(['start-1.js', 'short-1.js', 'mark-1.svg'].map((name) => files.get(name)!.isPackable)).toEqual([
    true,
    false,
    false,
  ]);
});
