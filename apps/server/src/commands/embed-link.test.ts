import { accessSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readLink } from '../security/links/signed-link.ts';
import { embedLink } from './embed-link.ts';

const KEY = { id: 'a', secret: '0123456789abcdefghijklmnopqrstuv' };
const NOW_MS = 1_800_000_000_000;

function keyFile(text = `${KEY.id}:${KEY.secret}\n`): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchwork-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'keys'), text);
  return join(folder, 'keys');
}

async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const said = { out: '', err: '' };
  const code = await embedLink.run({
    args,
    environment,
    checkFile: (path) => accessSync(path),
    print: (text) => {
      said.out += text;
    },
    say: (line) => {
      said.err += `${line}\n`;
    },
    now: () => NOW_MS,
  });
  return { ...said, code };
}

describe('latchwork embed-link', () => {
  it('prints an address that the server takes', async () => {
    const { out, err, code } = await run([
      ...['--embed-key-file', keyFile(), '--namespace', 'shop', '--view', 'badge'],
      ...['--valid-for', '7d', '--url', 'https://mesh.example.com/latchwork/?x#y'],
    ]);
    const [, link] =
      /^https:\/\/mesh\.example\.com\/latchwork\/embed\/badge\.svg\?link=(\S+)\n$/.exec(out) ?? [];
    expect(code).toBe(0);
    expect(err).toMatch(/its id is [\w-]{12}:/);
    expect(readLink(link ?? '', [KEY], NOW_MS / 1000)).toMatchObject({
      scope: { namespaces: ['shop'], view: 'badge' },
      expiresAtSeconds: NOW_MS / 1000 + 7 * 86_400,
    });
  });

  it('takes the file from the environment, too, but not what the link opens', async () => {
    const environment = { LATCHWORK_EMBED_KEY_FILE: keyFile(), LATCHWORK_NAMESPACE: 'shop' };
    const { out } = await run(['--all-namespaces'], environment);
    expect(readLink(out.trim(), [KEY], NOW_MS / 1000)).toMatchObject({ scope: { namespaces: [] } });
  });

  it.each([
    [['--all-namespaces'], /^--embed-key-file is missing/],
    [[], /--namespace NAME, or --all-namespaces/],
    [['--namespace', 'shop', '--all-namespaces'], /--namespace NAME, or --all-namespaces/],
    [['--all-namespaces', '--valid-for', '91d'], /"91d" is not a duration from 1h to 90d/],
    [['--embed-key-file', '/nowhere'], /^--embed-key-file "\/nowhere" cannot be read/],
    [['--embed-key-file', '/dev/null', '--view', 'tap'], /"tap" .*use one of graph, picture, badge/],
    [['--embed-key-file', '/dev/null', '--all-namespaces'], /there is no key in it/],
    [['--namespace', 'No'], /"No" is not a DNS-1123/],
    [['--valid-for', '1y'], /"1y" is not a duration/],
    [['--vew', 'badge'], /^--vew is unknown: did you mean --view\?/],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, err } = await run(args);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('explains itself', async () => {
    expect((await run(['--help'])).out).toContain('--valid-for');
  });
});
