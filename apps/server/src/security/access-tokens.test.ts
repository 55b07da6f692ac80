import { describe, expect, it } from 'vitest';
import { parseAccessTokens } from './access-tokens.ts';

const SECRET = '0123456789abcdefghijklmnopqrstuv';

describe('parseAccessTokens(text)', () => {
  it('takes one token alone, which may everything', () => {
    expect(parseAccessTokens(` ${SECRET}\n`)).toEqual([{ name: 'shared', role: 'signer', secret: SECRET }]);
  });

  it('takes named tokens with their roles', () => {
    const text = `# of the platform team\nops:signer:${SECRET}\n\nwall@office:viewer:${SECRET.toUpperCase()}\r\n`;
    expect(parseAccessTokens(text)).toEqual([
      { name: 'ops', role: 'signer', secret: SECRET },
      { name: 'wall@office', role: 'viewer', secret: SECRET.toUpperCase() },
    ]);
  });

  it.each([
    ['', /no token/],
    ['short', /shorter than 16/],
    [`${SECRET} ${SECRET}`, /spaces/],
    ['aaaaaaaaaaaaaaaa', /repeats itself/],
    ['abcabcabcabcabcabcabc', /repeats itself/],
    [`ops:signer:${SECRET}\nwall:admin:${SECRET}`, /^line 2 is no token.*viewer, tapper, signer/],
    [`ops:signer:${SECRET}\nops:viewer:${SECRET}`, /^line 2 has the name "ops" a second time/],
    ['ops:signer:aaaaaaaaaaaaaaaaaaaaaaaa', /^line 1: its secret repeats itself/],
    [`${SECRET}\n${SECRET}`, /^line 1 is no token/],
  ])('refuses %j', (text, message) => {
    expect(() => parseAccessTokens(text)).toThrow(message);
  });

  it('repeats no secret in its message', () => {
    expect(() => parseAccessTokens('ops:signer:tell-nobody')).toThrow(/^(?!.*tell-nobody)/);
  });
});
