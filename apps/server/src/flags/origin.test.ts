import { describe, expect, it } from 'vitest';
import { parseOrigin } from './syntax.ts';

describe('parseOrigin(text)', () => {
  it.each([
    ['https://Wiki.Example.com/', 'https://wiki.example.com'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://*.example.com', 'https://*.example.com'],
    ['http://[::1]:80', 'http://[::1]:80'],
  ])('takes %s', (text, origin) => {
    expect(parseOrigin(text)).toBe(origin);
  });

  it.each([
    '*',
    "'self'",
    'https:',
    'wiki.example.com',
    'https://wiki.example.com/page',
    'https://user@wiki.example.com',
    'https://wiki.example.com; script-src *',
    'https://a.example https://b.example',
    'https://wiki.example.com\r\nX-Evil: 1',
    'https://*',
    'javascript:alert(1)',
  ])('refuses %j: it goes into a header', (text) => {
    expect(() => parseOrigin(text)).toThrow(/is no origin/);
  });
});
