import { describe, expect, it } from 'vitest';
import { createPlaces } from '../../security/places.ts';
import { leaseTap } from './lease-tap.ts';

const places = (mostOfOne: number) =>
  createPlaces({ most: Number.POSITIVE_INFINITY, mostOfLinks: 0, mostOfOne });

describe('leaseTap(limits, owner)', () => {
  it('leaves taps for others: of each socket, and of each who asks', () => {
    const limits = { taps: { ofSocket: places(2), ofViewer: places(3) } };
    const take = (socketId: string, viewerId: string) => leaseTap(limits, { socketId, viewerId });
    const first = take('a', 'jane');
    take('a', 'jane');
    expect(() => take('a', 'jane')).toThrow(/as many taps open as one may have/);
    take('b', 'jane');
    expect(() => take('b', 'jane')).toThrow();
    expect(() => take('c', 'joe')).not.toThrow();
    first();
    first();
    expect(() => take('b', 'jane')).not.toThrow();
    expect(() => take('d', 'jane')).toThrow();
  });
});
