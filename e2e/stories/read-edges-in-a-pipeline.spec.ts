import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Graph } from '@latchwork/shared/graph';
import { expect, test } from '../stack.ts';

const run = promisify(execFile);
const LATCHWORK = join(import.meta.dirname, '..', '..', 'apps', 'server', 'src', 'main.ts');

interface Ended {
  readonly code: number;
  readonly stdout: string;
}

async function latchwork(...args: readonly string[]): Promise<Ended> {
  try {
    const { stdout } = await run(process.execPath, [LATCHWORK, ...args], { maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, stdout };
  } catch (error) {
    return error as Ended;
  }
}

async function edgesOf(flags: readonly string[]): Promise<Graph> {
  const { stdout } = await latchwork('edges', '-o', 'json', ...flags);
  return JSON.parse(stdout) as Graph;
}

test('a pipeline reads which calls are in the clear, from a server and from the sources alike', async ({
  stack,
}) => {
  const plaintext = ({ edges }: Graph) => edges.filter(({ lock }) => lock.state === 'plaintext');
  await expect
    .poll(async () => plaintext(await edgesOf(['--url', stack.url])).length, { timeout: 60_000 })
    .toBeGreaterThan(0);
  const pairs = (graph: Graph) => graph.edges.map(({ source, target }) => `${source} ${target}`);
  const asked = await edgesOf(['--url', stack.url, '-n', 'harbour']);
  const direct = await edgesOf([...stack.sources, '-n', 'harbour']);
  expect(pairs(direct).filter((pair) => pairs(asked).includes(pair)).length).toBeGreaterThan(3);
  const { code } = await latchwork('edges', '-o', 'json', '--url', stack.url);
  expect(code).toBe(0);
  expect((await latchwork('edges', '-o', 'xml')).code).toBe(2);
});

test('a pipeline is not green because nobody could look', async ({ stack }) => {
  // Kubernetes goes on saying who there is: the answer is no error, and has no calls.
  for (const mode of ['refuse', 'empty'] as const) {
    await stack.prometheus(mode);
    for (const from of [['--url', stack.url], stack.sources]) {
      const edges = () => latchwork('edges', '-o', 'json', ...from);
      // What a server answered a moment ago is shared.
      await expect.poll(async () => [mode, (await edges()).code], { timeout: 30_000 }).toEqual([mode, 3]);
      const gate = await latchwork('problems', '--fail-on', 'lost,plaintext', ...from);
      // What Kubernetes alone tells may be found all the same.
      expect([1, 3]).toContain(gate.code);
    }
  }
});
