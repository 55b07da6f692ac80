import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { createEventStream } from './event-stream.ts';

function fakeResponse() {
  const written: (string | Buffer)[] = [];
  const response = Object.assign(new EventEmitter(), {
    writableLength: 0,
    writeHead: () => undefined,
    cork: () => undefined,
    uncork: () => undefined,
    write(piece: string | Buffer, flushed?: () => void) {
      written.push(piece);
      flushed?.();
    },
  });
  return { written, response: response as unknown as ServerResponse };
}

it('writes the bytes of a value that all readers share, not a copy for each', () => {
  const value = Buffer.from('{"nodes":[]}');
  for (let reader = 0; reader < 2; reader++) {
    const { written, response } = fakeResponse();
    const stream = createEventStream(response);
    let isFlushed = false;
    stream.send('{"type":"data","id":"1","value":', { fin: false });
    stream.send(value, { fin: false });
    stream.send('}', { fin: true }, () => {
      isFlushed = true;
    });
    expect(written.includes(value)).toBe(true);
    expect(written.join('')).toBe('data: {"type":"data","id":"1","value":{"nodes":[]}}\n\n');
    expect(isFlushed).toBe(true);
  }
});

it('says which subscription was answered, without reading the value', () => {
  const { response } = fakeResponse();
  const answered: string[] = [];
  const stream = createEventStream(response, (id) => answered.push(id));
  stream.send('{"type":"hello"}');
  stream.send('{"type":"trouble","id":"b"}');
  stream.send('{"type":"data","id":"a","value":', { fin: false });
  stream.send(Buffer.from('{ no JSON'), { fin: false });
  stream.send('}', { fin: true });
  expect(answered).toEqual(['b', 'a']);
});
