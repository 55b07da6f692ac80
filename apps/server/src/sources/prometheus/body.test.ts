import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readBody } from './body.ts';
import { createReadBudget } from './read-budget.ts';

it('takes its turn before each piece of an answer', async () => {
  const done: string[] = [];
  const pieces = ['{"status":"success","data":{"result":[', '{"n":1},', '{"n":2}', ']}}'];
  const body = Readable.from(pieces.map((piece) => Buffer.from(piece)));
  const read = await readBody(body, {
    encoding: '',
    budget: createReadBudget(1000, 'the store'),
    async slice() {
      await new Promise((resolve) => setImmediate(resolve));
      done.push('turn');
    },
    where: 'the store',
    reader: {
      row(row) {
        done.push('row');
        return row;
      },
    },
  });
  expect(read.rows).toEqual([{ n: 1 }, { n: 2 }]);
  expect(done.filter((what) => what === 'turn').length).toBe(pieces.length);
  expect(done[0]).toBe('turn');
});
