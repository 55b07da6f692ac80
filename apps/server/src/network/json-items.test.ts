import { describe, expect, it } from 'vitest';
import { createJsonItems, type JsonItemsOptions } from './json-items.ts';

function read(json: string, pieceBytes: number, more: Partial<JsonItemsOptions> = {}) {
  const items: unknown[] = [];
  const reading = createJsonItems({ path: ['data', 'result'], onItem: (item) => items.push(item), ...more });
  const bytes = Buffer.from(json);
  for (let at = 0; at < bytes.length; at += pieceBytes) reading.push(bytes.subarray(at, at + pieceBytes));
  return { rest: reading.end(), items };
}

const TRICKY = {
  status: 'success',
  'data ': { result: [1] },
  data: {
    resultType: 'vector]},{[',
    inner: { result: ['not these'] },
    result: [
      { metric: { a: 'x"y\\', 'b]': '],[', é: '€😀' }, value: [1, '2'] },
      [],
      [[1, { result: [2] }], 'text, with "commas"'],
      null,
      -1.5e3,
      '',
    ],
    after: { data: { result: [{ no: 1 }] } },
  },
  warnings: ['one', 'two'],
};

describe('createJsonItems()', () => {
  it.each([1, 2, 3, 7, 64, 10_000])(
    'hands out what JSON.parse would, in pieces of %d bytes',
    (pieceBytes) => {
      for (const space of [undefined, 2]) {
        const { items, rest } = read(JSON.stringify(TRICKY, null, space), pieceBytes);
        expect(items).toEqual(TRICKY.data.result);
        expect(rest).toEqual({ ...TRICKY, data: { ...TRICKY.data, result: [] } });
      }
    },
  );

  it.each(['{"data":{"result":[]}}', '{"data":{"result":[ \n ]},"x":1}'])(
    'hands out nothing of %s',
    (json) => {
      expect(read(json, 4)).toEqual({ items: [], rest: JSON.parse(json) });
    },
  );

  it('is at home in other answers, and in those without the list', () => {
    const { items, rest } = read('{"items":[{"a":1},{"a":2}],"metadata":{"continue":"x"}}', 5, {
      path: ['items'],
    });
    expect(items).toEqual([{ a: 1 }, { a: 2 }]);
    expect(rest).toEqual({ items: [], metadata: { continue: 'x' } });
    expect(read('{"status":"error","error":"result: ["}', 5).rest).toEqual({
      status: 'error',
      error: 'result: [',
    });
  });

  it('hands out many as they come, and holds few of them', () => {
    let count = 0;
    const reading = createJsonItems({ path: ['data', 'result'], onItem: () => count++ });
    reading.push(Buffer.from('{"data":{"result":[{"n":0}'));
    const some = Buffer.from(',{"n":"0123456789"}'.repeat(1_000));
    for (let i = 0; i < 100; i += 1) reading.push(some);
    expect(count).toBeGreaterThan(90_000);
    reading.push(Buffer.from(']}}'));
    reading.end();
    expect(count).toBe(100_001);
  });

  it.each([
    ['half of it', '{"data":{"result":[{"a":1}', 'malformed'],
    ['half of a text', '{"status":"succ', 'malformed'],
    ['a web page', '<html><a href="x">', 'malformed'],
    ['too many ends', '{"data":{}}}', 'malformed'],
    ['an item that is none', '{"data":{"result":[{"a":1},{a}]}}', 'malformed'],
    ['a comma too many', '{"data":{"result":[1,]}}', 'malformed'],
    ['depth outside', '['.repeat(2_000_000), 'too-deep'],
    ['depth inside', `{"data":{"result":[${'{"a":'.repeat(1_000_000)}`, 'too-deep'],
    ['one large item', `{"data":{"result":["${'x'.repeat(5_000_000)}"]}}`, 'too-large'],
    ['much beside the items', `{"status":"${'x'.repeat(2_000_000)}"}`, 'too-large'],
  ])('refuses %s', (_, json, kind) => {
    for (const pieceBytes of [1_000, 1 << 20])
      expect(() => read(json, pieceBytes)).toThrow(expect.objectContaining({ name: 'JsonFault', kind }));
  });

  it('lets out what goes wrong with an item as it is', () => {
    const onItem = () => {
      throw new RangeError('mine');
    };
    expect(() => read('{"data":{"result":[1]}}', 100, { onItem })).toThrow(new RangeError('mine'));
  });
});
