// Who may choose another context of the kubeconfig on the page: whoever runs the server for themselves alone.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contextNames } from '../src/commands/context-names.ts';
import { readConfig } from '../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchwork-contexts-'));
const file = join(folder, 'config');
const context = (name: string) => ({ name, context: { cluster: 'c', user: 'u' } });
afterAll(() => rmSync(folder, { recursive: true }));

function namesWith(contexts: readonly string[], ...args: string[]) {
  writeFileSync(
    file,
    JSON.stringify({
      'current-context': contexts[0],
      contexts: contexts.map(context),
      clusters: [{ name: 'c', cluster: { server: 'https://c.test' } }],
      users: [{ name: 'u', user: {} }],
    }),
  );
  const environment = {};
  const read = readConfig({
    args: ['--kubeconfig', file, ...args],
    environment,
    checkFile: () => undefined,
  });
  if (read.kind !== 'config') throw new Error(JSON.stringify(read));
  return contextNames(read.config, { environment });
}

describe('contextNames(config, terminal)', () => {
  it('are those of the kubeconfig, sorted, with the one that is shown', async () => {
    expect(await namesWith(['west', 'east'])).toEqual({ current: 'west', names: ['east', 'west'] });
    expect((await namesWith(['west', 'east'], '--context', 'east'))?.current).toBe('east');
  });

  it('are none where there is one alone', async () => {
    expect(await namesWith(['west'])).toBeNull();
  });

  it.each([
    ['others reach it', ['--host', '0.0.0.0']],
    ['somebody logs in', ['--access-token-file', 'tokens']],
    ['links were given away', ['--embed-key-file', 'keys']],
    ['a store was named', ['--prometheus', 'http://p:9090']],
    ['its data is invented', ['--demo']],
    ['its data is a recording', ['--replay']],
  ])('are none where %s', async (_, args) => {
    expect(await namesWith(['west', 'east'], ...args)).toBeNull();
  });
});
