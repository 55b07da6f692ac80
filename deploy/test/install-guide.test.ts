// What the guides tell people to type exists: flags, values of the chart, files, and the version.

import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flagsOf } from '../../apps/server/src/flags/flag.ts';
import { SERVER_FLAGS } from '../../apps/server/src/flags/server-flags.ts';
import { CHART } from './chart.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const GUIDES = ['docs/install.md', 'deploy/helm/latchwork/README.md'];

/** Values by their full names, groups among them. */
function namesOf(values: object, prefix = ''): string[] {
  return Object.entries(values).flatMap(([key, value]) => [
    `${prefix}${key}`,
    ...(value && typeof value === 'object' ? namesOf(value, `${prefix}${key}.`) : []),
  ]);
}

describe.each(GUIDES)('%s', (guide) => {
  it('names flags that the server has', async () => {
    const text = await readFile(join(ROOT, guide), 'utf8');
    const known = flagsOf(SERVER_FLAGS).map(({ name }) => name);
    const commands = [...text.matchAll(/(?:^|[`|] ?)(?:npx \.\/)?latchwork[^\n`]*? --[^\n`]*/gm)].join('\n');
    const used = [...commands.matchAll(/(?<= )--([a-z-]+)/g)].map(([, name]) => name);
    expect(used.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  it('sets values that the chart has', async () => {
    const text = await readFile(join(ROOT, guide), 'utf8');
    const known = namesOf(parse(await readFile(join(CHART, 'values.yaml'), 'utf8')));
    const used = [...text.matchAll(/--set '?([A-Za-z.]+)=/g)].map(([, name]) => name);
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  it('leads to files that are there, and speaks of this version', async () => {
    const text = await readFile(join(ROOT, guide), 'utf8');
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const versions = [...text.matchAll(/latchwork[:-](\d+\.\d+\.\d+)/g)].map(([, found]) => found);
    expect(new Set(versions)).toEqual(new Set([version]));
    const files = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => join(dirname(guide), path ?? ''));
    for (const file of [...files, 'deploy/docker/Dockerfile', 'docker-compose.yml'])
      await expect(access(join(ROOT, file)), file).resolves.toBeUndefined();
  });
});

describe('the chart', () => {
  it('has the version of the project', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const chart = parse(await readFile(join(CHART, 'Chart.yaml'), 'utf8'));
    expect(chart).toMatchObject({ version, appVersion: version });
  });
});
