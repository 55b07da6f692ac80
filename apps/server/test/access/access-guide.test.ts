// docs/access.md against the program: what it tells people to type is understood, and what it says is printed is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { embedLink } from '../../src/commands/embed-link.ts';
import { readConfig } from '../../src/config.ts';
import { RECORDED_EVENTS } from '../../src/plugins/record.ts';
import { parseAccessTokens } from '../../src/security/access-tokens.ts';
import { parseEndedLinks } from '../../src/security/links/ended-links.ts';
import { needsRole } from '../../src/security/refusal.ts';
import { ROLES } from '../../src/security/viewer.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'access.md'), 'utf8');

function blocks(language: string): string[] {
  return [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text]) => text ?? '',
  );
}
const commands = blocks('sh')
  .join('\n')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.startsWith('latchwork'))
  .map((line) => line.split(/\s+/).slice(1));

describe('docs/access.md', () => {
  it.each(commands.filter(([first]) => first !== 'embed-link').map((args) => [args.join(' '), args]))(
    'starts a server with %s',
    (_line, args) => {
      const more = ['--prometheus', 'http://prometheus.test:9090'];
      const result = readConfig({ args: [...args, ...more], environment: {}, checkFile: () => undefined });
      expect(result).toMatchObject({ kind: 'config' });
    },
  );

  it('makes a link with a command that is understood', async () => {
    const [args = []] = commands.filter(([first]) => first === 'embed-link');
    const said: string[] = [];
    await embedLink.run({
      args: args.slice(1),
      environment: {},
      hasDesktop: false,
      checkFile: () => undefined,
      print: (text) => void said.push(text),
      say: (text) => void said.push(text),
      now: Date.now,
    });
    // There is no such file here: nothing else is wrong with it.
    expect(said).toEqual([expect.stringMatching(/^the file keys cannot be used: there is no such file/)]);
  });

  it('has tokens and ended links as their files have them, and every role', () => {
    const [tokens = '', ended = ''] = blocks('text');
    expect(parseAccessTokens(tokens).map(({ name, role }) => [name, role])).toEqual([
      ['ops', 'signer'],
      ['wall', 'viewer'],
    ]);
    expect(parseEndedLinks(ended).size).toBe(1);
    for (const role of ROLES) expect(GUIDE).toContain(`| \`${role}\` |`);
  });

  it('shows lines of the record that are written', () => {
    const lines = blocks('json')
      .join('')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const { record, event } of lines)
      expect([record, RECORDED_EVENTS]).toEqual([true, expect.arrayContaining([event])]);
    expect(lines.map(({ why }) => why)).toContain(needsRole('tapper').message);
  });

  it('leads to files that are there', () => {
    for (const [, path = ''] of GUIDE.matchAll(/\]\((\.\.[^)#]+)\)/g))
      expect(readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'docs', path), 'utf8')).not.toBe(
        '',
      );
  });
});
