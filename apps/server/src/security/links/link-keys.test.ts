import { describe, expect, it } from 'vitest';
import { parseLinkKeys } from './link-keys.ts';

const SECRET = '0123456789abcdefghijklmnopqrstuv';

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
    [`new:${'a'.repeat(32)}`, /^line 1 .* repeats itself/],
    [`new:${'abcdefgh'.repeat(5)}`, /^line 1 .* repeats itself/],
    [`a b:${SECRET}`, /^line 1 is no key/],
    [`new:${SECRET}\nnew:${SECRET}`, /^line 2 has the name "new" a second time/],
  ])('refuses %j', (text, message) => {
    expect(() => parseLinkKeys(text)).toThrow(message);
  });

  it('repeats no secret in its message', () => {
    expect(() => parseLinkKeys('new:short-secret')).toThrow(/^(?!.*short-secret)/);
  });
});
