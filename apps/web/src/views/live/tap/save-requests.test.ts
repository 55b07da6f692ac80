import { expect, it } from 'vitest';
import { tapped } from '../../../test-data/tap.ts';
import { toNdjson } from './save-requests.ts';

it('writes each request in JSON on a line of its own', () => {
  const requests = [tapped(), tapped({ key: 'a-2', path: '/line\nbreak' })];
  const lines = toNdjson(requests).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.slice(0, 2).map((line) => JSON.parse(line))).toEqual(requests);
});
