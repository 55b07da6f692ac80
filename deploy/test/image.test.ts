// The Dockerfile, read as instructions: images cannot be pulled where this runs, so nothing is built here. What the image
// would hold is built and started by scripts/bundle.real.test.ts.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dockerfile, DockerfileParser, type Instruction } from 'dockerfile-ast';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAM = '/app/server/latchwork.mjs';

let dockerfile: Dockerfile;
let text = '';
beforeAll(async () => {
  text = await readFile(join(import.meta.dirname, '..', 'docker', 'Dockerfile'), 'utf8');
  dockerfile = DockerfileParser.parse(text);
});

/** The instructions of one stage, in order. */
function stage(index: number): Instruction[] {
  const starts = dockerfile.getFROMs().map((from) => from.getRange().start.line);
  const [from = 0, to = Number.POSITIVE_INFINITY] = starts.slice(index);
  return dockerfile.getInstructions().filter((instruction) => {
    const { line } = instruction.getRange().start;
    return line >= from && line < to;
  });
}

function keywords(instructions: readonly Instruction[]): string[] {
  return instructions.map((instruction) => instruction.getKeyword());
}

function argumentsOf(instructions: readonly Instruction[], keyword: string): string {
  const found = instructions.filter((instruction) => instruction.getKeyword() === keyword);
  expect(found, keyword).toHaveLength(1);
  return found[0]?.getArgumentsContent() ?? '';
}

/** One instruction as it is written, its lines joined. */
function sourceOf(instructions: readonly Instruction[], keyword: string): string {
  const found = instructions.find((instruction) => instruction.getKeyword() === keyword);
  if (!found) throw new Error(`there is no ${keyword}`);
  const { start, end } = found.getRange();
  const lines = text.split('\n').slice(start.line, end.line + 1);
  return lines.map((line) => line.replace(/\\$/, '').trim()).join(' ');
}

/** The words of an instruction in exec form; a shell would be needed for any other. */
function words(source: string): string[] {
  return JSON.parse(/\[.*\]$/.exec(source)?.[0] ?? 'null');
}

describe('the Dockerfile', () => {
  it('builds with the slim Node of the project and runs in an image without a shell', async () => {
    const { devEngines } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const major = devEngines.runtime.version.split('.')[0];
    expect(dockerfile.getFROMs().map((from) => from.getImage())).toEqual([
      `node:${major}-slim`,
      `gcr.io/distroless/nodejs${major}-debian13:nonroot`,
    ]);
  });

  it('takes nothing but the built program into the final stage, and runs nothing there', () => {
    expect(keywords(stage(1))).not.toContain('RUN');
    expect(keywords(stage(1))).not.toContain('ADD');
    expect(sourceOf(stage(1), 'COPY')).toBe('COPY --from=build /src/dist/latchwork /app');
    expect(argumentsOf(stage(0), 'WORKDIR')).toBe('/src');
  });

  it('installs exactly what the lockfile says', () => {
    const runs = stage(0)
      .filter((instruction) => instruction.getKeyword() === 'RUN')
      .map((instruction) => instruction.getArgumentsContent());
    expect(runs.join('\n')).toContain('--frozen-lockfile');
    expect(runs.join('\n')).toContain("require('./package.json').packageManager");
  });

  it('runs as a user that Kubernetes can see is not root, the one that the chart names', () => {
    expect(argumentsOf(stage(1), 'USER')).toBe('65532:65532');
  });

  it('starts the program without a shell, and asks it how it is without one', () => {
    expect(words(sourceOf(stage(1), 'ENTRYPOINT'))).toEqual(['/nodejs/bin/node', PROGRAM]);
    const health = words(sourceOf(stage(1), 'HEALTHCHECK'));
    expect(health[0]).toBe('/nodejs/bin/node');
    expect(health.at(-1)).toContain('/healthz');
    expect(argumentsOf(stage(1), 'EXPOSE')).toBe('8470');
  });

  it('has the version of the project, and no word of a secret', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    expect(argumentsOf(stage(1), 'LABEL')).toContain(`org.opencontainers.image.version="${version}"`);
    expect(keywords(dockerfile.getInstructions())).not.toContain('ARG');
    expect(text).not.toMatch(/password|token|secret/i);
  });

  it('leaves out of the build what has no business in it', async () => {
    const ignored = (await readFile(join(ROOT, '.dockerignore'), 'utf8')).split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.cache', '**/node_modules', '**/dist']));
    // The lockfile names every workspace: one without its package.json would make it look out of date.
    for (const workspace of ['bench', 'deploy', 'e2e'])
      expect(ignored).toContain(`!${workspace}/package.json`);
  });
});
