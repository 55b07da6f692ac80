import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const ROOTS = /^(apps|packages|scripts|e2e|bench|deploy|docs)\//;

/** Where a path that the text shortens may begin. */
const SHORT = [
  '',
  'apps/server/',
  'apps/server/src/',
  'apps/server/src/feeds/',
  'apps/web/src/',
  'packages/graph/src/fold/',
];

it('names only places that there are', async () => {
  const text = await readFile(join(root, 'ARCHITECTURE.md'), 'utf8');
  const named = [...text.matchAll(/`([\w./-]+\/[\w./-]*)`/g)].map(([, path]) => path as string);
  const paths = named.filter((path) => ROOTS.test(path) || /\.(ts|svelte)$/.test(path));
  expect(paths.length).toBeGreaterThan(30);
  const gone = paths.filter((path) => !SHORT.some((start) => existsSync(join(root, start, path))));
  expect(gone).toEqual([]);
});
