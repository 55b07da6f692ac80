import { describe, expect, it } from 'vitest';
import { parseMatcher } from './syntax.ts';

describe('parseMatcher(text)', () => {
  it.each([
    [`cluster="east"`, `cluster="east"`],
    [` cluster = "east" `, `cluster="east"`],
    [`cluster='east'`, `cluster="east"`],
    ['cluster=~`ea.+|we\\d`', 'cluster=~"ea.+|we\\\\d"'],
    [`{cluster="east"}`, `cluster="east"`],
    [`'k8s.cluster.name'='east'`, `"k8s.cluster.name"="east"`],
    ['`k8s.cluster.name`!="east"', `"k8s.cluster.name"!="east"`],
    [`team='d\\'or "a"'`, `team="d'or \\"a\\""`],
  ])('takes %s as PromQL does', (text, expected) => {
    expect(parseMatcher(text)).toBe(expected);
  });

  it.each([
    [`a="x",b="y"`, /several matchers/],
    [`{a="x",b="y"}`, /several matchers/],
    [`up{a="x"}`, /no label name/],
    [`a='x'} or up{b='y'`, /double quotes/],
    [`a='x"`, /double quotes/],
  ])('refuses %s', (text, why) => {
    expect(() => parseMatcher(text)).toThrow(why);
  });
});
