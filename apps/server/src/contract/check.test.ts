import { ScopeParams, TopParams } from '@latchwork/shared/live/live';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { checkParams, findBreach, findFault } from './check.ts';
import { parseQuery } from './compilers.ts';

describe('findFault(schema, value)', () => {
  it('is null for what fits', () => {
    expect(findFault(ScopeParams, { namespace: ['a'], window: '1m' })).toBeNull();
  });

  it.each([
    [
      ScopeParams,
      { namespace: ['A_'] },
      'namespace',
      '["A_"]',
      /^a list of at most 500 of: a DNS-1123 label/,
    ],
    [ScopeParams, { namespace: 'a' }, 'namespace', '"a"', /a list of/],
    [ScopeParams, { noise: 1 }, 'noise', '1', /^hide, show$/],
    [ScopeParams, { extra: 1 }, 'extra', '1', /^only the parameters namespace, window, at, noise, cluster$/],
    [ScopeParams, 'x', 'params', '"x"', /^an object$/],
    [ScopeParams, [], 'params', '[]', /^an object$/],
    [ScopeParams, null, 'params', 'null', /^an object$/],
    [TopParams, {}, 'namespace', 'nothing', /^a DNS-1123 label/],
    [TopParams, { namespace: 'a', maxRps: 0 }, 'maxRps', '0', /^a number from 1 to 10000$/],
    [TopParams, { namespace: 'a', name: '' }, 'name', '""', /^text of 1 to 253 characters$/],
  ])('names the field of %# and what it may be', (schema, value, field, shown, allowed) => {
    const fault = findFault(schema, value);
    expect(fault).toMatchObject({ field, value: shown });
    expect(fault?.allowed).toMatch(allowed);
  });

  it('shortens a value that nobody wants to read', () => {
    expect(findFault(ScopeParams, { window: 'x'.repeat(1_000) })?.message.length).toBeLessThan(250);
  });
});

describe('checkParams(schema, value)', () => {
  it('throws the fault', () => {
    expect(() => checkParams(ScopeParams, { at: 1 })).toThrow(/^invalid at: 1; allowed: RFC 3339/);
  });
});

describe('findBreach(schema, value)', () => {
  it('says where a number is none', () => {
    const schema = Type.Object({ rows: Type.Array(Type.Object({ rps: Type.Number() })) });
    expect(findBreach(schema, { rows: [{ rps: 0 }] })).toBeNull();
    expect(findBreach(schema, { rows: [{ rps: 0 }, { rps: Number.NaN }] })).toBe(
      '/rows/1/rps must be number',
    );
  });
});

describe('parseQuery(text)', () => {
  it('has a list of namespaces, and of nothing else unless it was repeated', () => {
    expect({ ...parseQuery('namespace=a&window=1m&at=1&at=2&x=%20%2B+') }).toEqual({
      namespace: ['a'],
      window: '1m',
      at: ['1', '2'],
      x: ' + ',
    });
    expect({ ...parseQuery('namespace=b&namespace=a') }).toEqual({ namespace: ['b', 'a'] });
    expect({ ...parseQuery('') }).toEqual({});
  });
});
