import { expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { areDoubtful } from './doubt.ts';

const edge = { namespace: 'shop', deployment: 'web', dst_deployment: 'api' };
const grown = sample(edge, 10);
const begun = (rps: number, labels = {}) => sample({ ...edge, ...labels, new: 'yes' }, rps);

it('doubts rows that begin with more than all that grew', () => {
  expect(areDoubtful([grown], 60)).toBe(false);
  expect(areDoubtful([grown, begun(9)], 60)).toBe(false);
  expect(areDoubtful([grown, begun(1600)], 60)).toBe(true);
  // Each for itself: in a large mesh one of them is little.
  expect(areDoubtful([grown, begun(2, { dst_deployment: 'cart' })], 60)).toBe(true);
});

it('leaves rare calls alone', () => {
  expect(areDoubtful([begun(3 / 60)], 60)).toBe(false);
});
