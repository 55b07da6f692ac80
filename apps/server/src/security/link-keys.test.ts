import { describe, expect, it } from 'vitest';
import { parseAccessToken, parseLinkKeys } from './link-keys.ts';

const SECRET = 'a'.repeat(32);

describe('parseLinkKeys(text)', () => {
  it('reads one key a line, in order', () => {
    expect(parseLinkKeys(`# rotated monthly\nnew:${SECRET}\n\nold:${SECRET}\r\n`)).toEqual([
      { id: 'new', secret: SECRET },
      { id: 'old', secret: SECRET },
    ]);
  });

  it.each([
    ['', /no key in it/],
    ['# nothing', /no key in it/],
    [`new ${SECRET}`, /^line 1 is no key/],
    ['new:short-secret', /^line 1 is no key/],
    [`a b:${SECRET}`, /^line 1 is no key/],
    [`new:${SECRET}\nnew:${SECRET}`, /^line 2 has the name "new" a second time/],
  ])('refuses %j', (text, message) => {
    expect(() => parseLinkKeys(text)).toThrow(message);
  });

  it('repeats no secret in its message', () => {
    expect(() => parseLinkKeys('new:short-secret')).toThrow(/^(?!.*short-secret)/);
  });
});

it('parseAccessToken(text) takes a long word, and nothing else', () => {
  expect(parseAccessToken(` ${SECRET}\n`)).toBe(SECRET);
  for (const text of ['', 'short', `${SECRET} ${SECRET}`])
    expect(() => parseAccessToken(text)).toThrow(/no token/);
});
