// Licences of what a build takes in: from module names to a text.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectModules, licencesText, packagesOf } from './bundled-packages.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'latchwork-licences-'));
  const folder = join(root, 'node_modules', 'gate');
  await mkdir(join(folder, 'esm'), { recursive: true });
  const about = { name: 'gate', version: '1.2.3', license: 'MIT' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(about));
  await writeFile(join(folder, 'LICENCE.txt'), 'Do as you like.\n');
  await writeFile(join(folder, 'esm', 'package.json'), JSON.stringify({ type: 'module' }));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('packagesOf(modules)', () => {
  it('finds the package of a module, once, past the package.json files inside it', () => {
    const module = join(root, 'node_modules', 'gate', 'esm', 'index.js');
    expect(packagesOf([module, `\0${module}?commonjs`, join(root, 'src', 'own.ts')])).toEqual([
      { name: 'gate', version: '1.2.3', licence: 'MIT', text: 'Do as you like.' },
    ]);
  });
});

describe('licencesText(packages)', () => {
  it('keeps a licence apart from the page around it', () => {
    const text = licencesText([{ name: 'gate', version: '1.2.3', licence: 'MIT', text: '## Heading' }]);
    expect(text).toContain('## gate 1.2.3 (MIT)\n\n```text\n## Heading\n```');
  });
});

describe('collectModules(into)', () => {
  it('writes down what went into the chunks of a build', () => {
    const modules = new Set<string>();
    collectModules(modules).generateBundle(null, {
      'a.mjs': { modules: { '/a': {}, '/b': {} } },
      'b.css': {},
    });
    expect([...modules]).toEqual(['/a', '/b']);
  });
});
