// The README's table of flags against the server's own list: neither has one that the other lacks.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flagsOf, variableOf } from '../src/flags/flag.ts';
import { SERVER_FLAGS } from '../src/flags/server-flags.ts';

const README = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');

describe('the configuration table of the README', () => {
  const rows = README.split('\n').filter((line) => line.startsWith('| `--'));
  const published = flagsOf(SERVER_FLAGS).filter(({ internal }) => !internal);

  it('has every flag and no other', () => {
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/--([a-z-]+)/g)].map(([, name]) => name),
    );
    expect(named.sort()).toEqual(published.map(({ name }) => name).sort());
  });

  it('has the variable of each flag that has a row of its own', () => {
    for (const flag of published.filter(({ name }) => name !== 'help' && name !== 'version'))
      expect(README, flag.name).toContain(`\`${variableOf(flag)}\``);
  });
});
