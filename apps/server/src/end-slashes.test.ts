import { expect, it } from 'vitest';
import { withoutEndSlashes } from './end-slashes.ts';

it.each([
  ['/a//', '/a'],
  ['//', ''],
  ['/a//b', '/a//b'],
  ['', ''],
])('%s ends as %s', (given, text) => {
  expect(withoutEndSlashes(given)).toBe(text);
});
