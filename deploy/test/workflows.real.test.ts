// The workflows against the checker that knows GitHub's syntax. Where Go is missing they are only read.

import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasCommand } from '../../scripts/binaries/debian-package.ts';

const run = promisify(execFile);
const FOLDER = join(import.meta.dirname, '..', '..', '.github', 'workflows');
const CHECKER = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';

const files = (await readdir(FOLDER)).map((name) => join(FOLDER, name));
const hasGo = await hasCommand('go');

describe('the workflows', () => {
  it('give every job an end and no more rights than it names', async () => {
    for (const file of files) {
      const { jobs, permissions } = parse(await readFile(file, 'utf8'));
      expect(permissions).toEqual({ contents: 'read' });
      for (const job of Object.values(jobs as Record<string, object>))
        expect(job).toMatchObject({ 'timeout-minutes': expect.any(Number) });
    }
  });

  it.runIf(hasGo)('are well-formed by actionlint', { timeout: 300_000 }, async () => {
    const { stdout } = await run('go', ['run', CHECKER, '-shellcheck=', '-pyflakes=', ...files]);
    expect(stdout).toBe('');
  });
});
