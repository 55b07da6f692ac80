import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Graph } from '@latchwork/shared/graph';
import { expect, test } from '../stack.ts';

const run = promisify(execFile);
const LATCHWORK = join(import.meta.dirname, '..', '..', 'apps', 'server', 'src', 'main.ts');

async function edgesOf(flags: readonly string[]): Promise<Graph> {
  const { stdout } = await run(process.execPath, [LATCHWORK, 'edges', '-o', 'json', ...flags], {
    maxBuffer: 64 * 1024 * 1024,
  });
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
  const wrong = await run(process.execPath, [LATCHWORK, 'edges', '-o', 'xml']).catch((error) => error);
  expect(wrong.code).toBe(2);
});
