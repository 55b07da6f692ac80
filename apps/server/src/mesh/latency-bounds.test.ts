import { describe, expect, it } from 'vitest';
import { sample } from '../../test/inputs/fake-store.ts';
import { toLatencyBounds } from './latency-bounds.ts';

const buckets = (...bounds: string[]) => bounds.map((le) => sample({ le }, 1));

describe('toLatencyBounds(answers)', () => {
  it('has each finite bound of both directions once, in either spelling', () => {
    const answers = {
      inboundLatency: buckets('10.0', '2', '+Inf'),
      outboundLatency: buckets('2.0', '500', '+Inf'),
    };
    expect(toLatencyBounds(answers)).toEqual([2, 10, 500]);
  });

  it('is empty where no bucket was answered', () => {
    expect(toLatencyBounds({})).toEqual([]);
  });
});
