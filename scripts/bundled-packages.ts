// Which packages of others a build took code from, and their licences as one text. Knows no build tool but its plugin's shape.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** What the package itself says; empty when it brings no text. */
  readonly text: string;
}

/** Whatever ends in `chunk.modules` was put into the output; the plugin of Rolldown and Vite that writes them down. */
export function collectModules(into: Set<string>) {
  return {
    name: 'collect-modules',
    generateBundle(_options: unknown, bundle: Readonly<Record<string, object>>) {
      for (const output of Object.values(bundle))
        if ('modules' in output) for (const id of Object.keys(output.modules as object)) into.add(id);
    },
  };
}

export function packagesOf(modules: Iterable<string>): BundledPackage[] {
  const folders = new Set<string>();
  for (const id of modules) {
    const path = id.replace(/^\0/, '').split('?', 1)[0] ?? '';
    if (path.includes('/node_modules/')) folders.add(packageFolder(path));
  }
  const found = new Map([...folders].map(readPackage).map((each) => [`${each.name}@${each.version}`, each]));
  return [...found.keys()].sort().map((key) => found.get(key) as BundledPackage);
}

export function licencesText(packages: readonly BundledPackage[]): string {
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `## ${name} ${version} (${licence})\n${text === '' ? '' : `\n\`\`\`text\n${text}\n\`\`\`\n`}`,
  );
  return ['# Packages of others in this program\n', ...parts].join('\n');
}

/** The nearest folder above with a name and a version: packages have package.json files of fewer words inside. */
function packageFolder(path: string): string {
  for (let folder = dirname(path); folder.includes('/node_modules/'); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
    if (name && version) return folder;
  }
  throw new Error(`no package has the file ${path}: is it installed whole?`);
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .sort();
  return {
    name,
    version,
    licence: license ?? 'unknown',
    text: files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n'),
  };
}
