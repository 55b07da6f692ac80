import { describe, expect, it } from 'vitest';
import { createStallWatch, isDrowning } from './slow-reader.ts';

describe('createStallWatch(socket)', () => {
  it('says when nothing left since it was last asked, although something waited', () => {
    const socket = { bufferedAmount: 0 };
    const isStalled = createStallWatch(socket);
    const at = (bytes: number) => {
      socket.bufferedAmount = bytes;
      return isStalled();
    };
    expect([at(0), at(0), at(900), at(400), at(400), at(0), at(10)]).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
  });
});

it('isDrowning(socket) is far above what a slow line leaves waiting', () => {
  expect(isDrowning({ bufferedAmount: 2 * 1024 * 1024 })).toBe(false);
  expect(isDrowning({ bufferedAmount: 9 * 1024 * 1024 })).toBe(true);
});
