import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { embedLinkCommand } from './embed-link-command.ts';
import { readLink } from './security/signed-link.ts';

const KEY = { id: 'a', secret: 's'.repeat(32) };
const NOW_MS = 1_800_000_000_000;

function keyFile(text = `${KEY.id}:${KEY.secret}\n`): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchwork-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'keys'), text);
  return join(folder, 'keys');
}

const run = (...args: string[]) => embedLinkCommand(args, {}, NOW_MS);

describe('latchwork embed-link', () => {
  it('prints an address that the server takes', () => {
    const line = run(
      ...['--embed-key-file', keyFile(), '--namespace', 'shop', '--view', 'badge'],
      ...['--valid-for', '7d', '--url', 'https://mesh.example.com/latchwork/?x#y'],
    );
    const [, link] =
      /^https:\/\/mesh\.example\.com\/latchwork\/embed\/badge\.svg\?link=(\S+)\n$/.exec(line) ?? [];
    expect(readLink(link ?? '', [KEY], NOW_MS / 1000)).toMatchObject({
      scope: { namespaces: ['shop'], view: 'badge' },
      expiresAtSeconds: NOW_MS / 1000 + 7 * 86_400,
    });
  });

  it('takes the file from the environment, too', () => {
    const environment = { LATCHWORK_EMBED_KEY_FILE: keyFile() };
    expect(embedLinkCommand([], environment, NOW_MS)).toMatch(/^a\./);
  });

  it.each([
    [[], /^--embed-key-file is missing/],
    [['--embed-key-file', '/nowhere'], /^\/nowhere cannot be used/],
    [['--embed-key-file', 'x', '--view', 'tap'], /"tap" is none of graph, picture, badge/],
    [['--embed-key-file', 'x', '--namespace', 'No'], /"No" is not a DNS-1123/],
    [['--embed-key-file', 'x', '--valid-for', '1y'], /"1y" is not a duration/],
    [['--nonsense'], /nonsense/],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => run(...args)).toThrow(message);
  });

  it('explains itself', () => {
    expect(run('--help')).toContain('--valid-for');
  });
});
