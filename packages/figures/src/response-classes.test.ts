import type { ResponseCount } from '@latchwork/shared/asked/responses';
import { describe, expect, it } from 'vitest';
import { grpcName, responseClasses, responseShare } from './response-classes.ts';

const count = (
  status: string | null,
  grpc: string | null,
  requests: number,
  failures = 0,
): ResponseCount => ({
  ...{ status, grpc, requests, failures },
  rps: requests / 60,
});

describe('responseClasses(counts)', () => {
  it('are HTTP by class with their single codes, what got no status, and gRPC by name', () => {
    const classes = responseClasses([
      count('200', '14', 6, 6),
      count('503', null, 3, 3),
      count('200', null, 60),
      count('204', null, 20),
      count(null, null, 1, 1),
      count('200', '0', 10),
    ]);
    expect(classes.map(({ name, requests, failures, share }) => [name, requests, failures, share])).toEqual([
      ['2xx', 80, 0, expect.closeTo(0.8)],
      ['5xx', 3, 3, expect.closeTo(0.03)],
      ['no status', 1, 1, expect.closeTo(0.01)],
      ['OK', 10, 0, expect.closeTo(0.1)],
      ['UNAVAILABLE', 6, 6, expect.closeTo(0.06)],
    ]);
    expect(classes[0]?.codes.map(({ name, requests }) => [name, requests])).toEqual([
      ['200', 60],
      ['204', 20],
    ]);
  });

  it('leaves a status that is none of HTTP as it is', () => {
    expect(responseClasses([count('0', null, 1)]).map(({ name }) => name)).toEqual(['0']);
  });
});

describe('responseShare(class)', () => {
  it.each([
    [0.99785, '99.78 %', '0.22 %'],
    [0.9434, '94.3 %', '5.7 %'],
    [0.999999, '99.99 %', '0.01 %'],
    [1, '100 %', '0 %'],
  ])('where %s went well is %s, and the rest %s', (share, well, rest) => {
    expect(responseShare({ share, failures: 0 })).toBe(well);
    expect(responseShare({ share: 1 - share, failures: 1 })).toBe(rest);
  });

  it('is no promise of nothing, and none of all', () => {
    expect(responseShare({ share: 0.00001, failures: 0 })).toBe('< 0.01 %');
    expect(responseShare({ share: 0.999999, failures: 1 })).toBe('> 99.99 %');
  });
});

describe('grpcName(code)', () => {
  it.each([
    ['0', 'OK'],
    ['7', 'PERMISSION_DENIED'],
    ['16', 'UNAUTHENTICATED'],
    ['99', 'code 99'],
    ['Unknown error', 'Unknown error'],
  ])('%s is %s', (code, name) => {
    expect(grpcName(code)).toBe(name);
  });
});
