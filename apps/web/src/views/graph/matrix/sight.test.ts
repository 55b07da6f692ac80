import { expect, it } from 'vitest';
import { Sight } from './sight.svelte.ts';

const scrollerAt = (scrollLeft: number, scrollTop: number) =>
  Object.assign(document.createElement('div'), { scrollLeft, scrollTop });

it('begins where a new scroller is, not where the last one was', () => {
  const sight = new Sight();
  const leave = sight.attach(scrollerAt(300, 2000));
  expect([sight.left, sight.top]).toEqual([300, 2000]);
  leave();
  sight.attach(scrollerAt(0, 0));
  expect([sight.left, sight.top]).toEqual([0, 0]);
});
