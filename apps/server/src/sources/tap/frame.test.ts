import { describe, expect, it } from 'vitest';
import { seeded } from '../../../test/inputs/seeded.ts';
import { createFrameReader } from './frame.ts';

function framed(...contents: Uint8Array[]): Buffer {
  return Buffer.concat(
    contents.flatMap((content) => {
      const head = Buffer.alloc(4);
      head.writeUInt32LE(content.length);
      return [head, content];
    }),
  );
}

describe('createFrameReader()', () => {
  it('gives the same frames wherever the stream is cut', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed);
      const contents = Array.from({ length: Math.floor(random() * 20) }, () =>
        Buffer.from(
          Array.from({ length: Math.floor(random() ** 3 * 2_000) }, () => Math.floor(random() * 256)),
        ),
      );
      const stream = framed(...contents);
      const reader = createFrameReader();
      const frames: Buffer[] = [];
      const most = 1 + Math.floor(random() * (random() < 0.5 ? 8 : 4_000));
      for (let at = 0; at < stream.length; ) {
        const length = Math.floor(random() * (most + 1)); // 0 is a chunk, too
        frames.push(...reader.push(stream.subarray(at, at + length)).map((frame) => Buffer.from(frame)));
        at += length;
      }
      expect(frames).toEqual(contents);
      expect(reader.pendingBytes()).toBe(0);
    }
  });

  it('never does worse on nonsense than to say so', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = seeded(seed);
      const reader = createFrameReader(10_000);
      let bytes = 0;
      let given = 0;
      try {
        for (let chunk = 0; chunk < 20; chunk++) {
          const piece = Buffer.from(
            Array.from({ length: Math.floor(random() * 50) }, () =>
              Math.floor(random() * (seed % 2 ? 4 : 256)),
            ),
          );
          given += piece.length;
          for (const frame of reader.push(piece)) bytes += 4 + frame.length;
        }
        expect(bytes + reader.pendingBytes()).toBe(given);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  });

  it('takes an empty frame for one', () => {
    expect(createFrameReader().push(framed(Buffer.alloc(0), Buffer.from([7])))).toEqual([
      Buffer.alloc(0),
      Buffer.from([7]),
    ]);
  });

  it('refuses a length of 100 MB as soon as it has read it', () => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(100 * 1024 * 1024);
    expect(() => createFrameReader().push(head)).toThrow('a frame of 104857600 bytes');
  });

  it('knows how much of a frame has come', () => {
    const reader = createFrameReader();
    reader.push(framed(Buffer.alloc(10)).subarray(0, 9));
    expect(reader.pendingBytes()).toBe(9);
  });
});
