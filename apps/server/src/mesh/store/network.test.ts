import { describe, expect, it } from 'vitest';
import { networkOf, networkWords } from './network.ts';

describe('the network of an address', () => {
  it.each([
    ['10.22.1.6:8080', '10.22'],
    ['10.22.1.6', '10.22'],
    ['[fd00:10:22::6]:8080', 'fd00:10:22:0'],
    ['fd00:10:22::6', 'fd00:10:22:0'],
    ['[::1]:80', '0:0:0:0'],
    ['api-6d5f8c7b9-x1', ''],
    ['api.shop.svc:8080', ''],
    ['', ''],
    ['unknown', ''],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is no part of an id that could be taken for another', () => {
    expect(networkWords('10.22')).toBe('10.22.x.x');
    expect(networkWords('fd00:10:22:0')).toBe('fd00:10:22:0::');
  });
});
