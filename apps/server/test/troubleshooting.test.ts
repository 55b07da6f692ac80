// What docs/troubleshooting.md quotes is what is said: each quoted message stands in the code, and each flag is one.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flagsOf } from '../src/flags/flag.ts';
import { SERVER_FLAGS } from '../src/flags/server-flags.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FOLDERS = ['apps/server/src', 'apps/web/src'];
const PAGES = ['apps/web/index.html'];

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const CODE = [
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|svelte)$/.test(name) && !name.includes('.test.'))
      .map((name) => read(join(folder, name))),
  ),
  ...PAGES.map(read),
].join('\n');

const TROUBLES = read('docs/troubleshooting.md');
const rows = TROUBLES.split('\n').filter((line) => /^\| [^i-]/.test(line));
/** The first cell: what is said, with … for what differs. */
const quoted = rows.flatMap((row) =>
  [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? ''),
);

describe('docs/troubleshooting.md', () => {
  it.each(quoted)('quotes what is said: %s', (message) => {
    for (const part of message.split('…').map((text) => text.trim())) expect(CODE).toContain(part);
  });

  it('has a remedy for each', () => {
    expect(rows.length).toBeGreaterThan(25);
    for (const row of rows) expect(row.split('|')[2]?.trim(), row).toMatch(/^[A-Z].+\.$/);
  });
});

describe('the documents about ways', () => {
  it.each(['docs/troubleshooting.md', 'docs/stores.md'])('%s names flags that there are', (path) => {
    const names = flagsOf(SERVER_FLAGS).map(({ name }) => name);
    const named = [...read(path).matchAll(/`--([a-z-]+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(names).toContain(name);
  });

  it('are where the remedies send people', () => {
    for (const [, path = ''] of CODE.matchAll(/\((docs\/[a-z-]+\.md)\)/g)) expect(read(path)).toContain('# ');
  });
});
