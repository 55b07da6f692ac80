import { describe, expect, it } from 'vitest';
import { TooBusy } from '../feeds/too-busy.ts';
import { createDrawQueue } from './draw-queue.ts';

const person = (id: string) => ({ id, isLink: false });
const link = (id: string) => ({ id, isLink: true });

describe('createDrawQueue()', () => {
  it('draws for people before links, and in turn', () => {
    const queue = createDrawQueue<string>();
    queue.push('a', link('1'));
    queue.push('b', person('ann'));
    queue.push('c', person('bob'));
    expect([queue.next(), queue.next(), queue.next(), queue.next()]).toEqual(['b', 'c', 'a', null]);
  });

  it('has an end for each, for links and in all, and says when to come again', () => {
    const queue = createDrawQueue<number>();
    for (let i = 0; i < 6; i++) queue.push(i, link('1'));
    expect(() => queue.push(6, link('1'))).toThrow(TooBusy);
    for (let i = 0; i < 6; i++) queue.push(i, link('2'));
    expect(() => queue.push(0, link('3'))).toThrow(TooBusy);
    for (let i = 0; i < 12; i++) queue.push(i, person(`person ${i}`));
    expect(() => queue.push(0, person('one more'))).toThrow(TooBusy);
  });
});
