import { describe, expect, it } from 'vitest';
import { tapped } from '../../../test-data/tap.ts';
import { topRow } from '../../../test-data/top.ts';
import { parseTopFilter, toFilterRow } from './top-filter.ts';

const get = topRow();
const post = topRow({
  method: 'POST',
  path: '/cart/500',
  route: null,
  source: { id: null, label: '10.0.0.9', namespace: null },
  target: { id: 'shop/deployment/cart', label: 'cart', namespace: 'shop' },
  authority: 'cart.shop:80',
  statuses: { 'gRPC 14': 2 },
});
const found = (text: string) => [get, post].filter(parseTopFilter(text).matches).map(({ method }) => method);

describe('parseTopFilter(text)', () => {
  it('looks everywhere for each word, and takes - for must not', () => {
    expect(found('')).toEqual(['GET', 'POST']);
    expect(found('post')).toEqual(['POST']);
    expect(found('shop REVIEWS')).toEqual(['GET']);
    expect(found('-get')).toEqual(['POST']);
  });

  it('reads a number as a status, or as part of a path', () => {
    expect(found('500')).toEqual(['GET', 'POST']);
    expect(found('status:500')).toEqual(['GET']);
    expect(found('5xx')).toEqual(['GET']);
    expect(found('status:grpc')).toEqual(['POST']);
  });

  it('looks into one field when it is named', () => {
    expect(found('from:web')).toEqual(['GET']);
    expect(found('to:cart')).toEqual(['POST']);
    expect(found('path:{id}')).toEqual(['GET']);
    expect(found('method:get from:10.0')).toEqual([]);
  });

  it('takes an unknown field for a word', () => {
    expect(found('cart.shop:80')).toEqual(['POST']);
  });

  it('looks into the headers of a single request, but not for what was withheld', () => {
    const request = tapped({
      requestHeaders: [
        { name: 'x-trace', value: 'abc' },
        { name: 'cookie', value: null },
      ],
    });
    const fits = (text: string) => parseTopFilter(text).matches(toFilterRow(request));
    expect([fits('abc'), fits('header:x-trace'), fits('header:cookie'), fits('header:/reviews')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([fits('status:200'), fits('5xx'), fits('from:web')]).toEqual([true, false, true]);
  });
});
