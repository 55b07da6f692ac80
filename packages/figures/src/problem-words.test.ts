import { describe, expect, it } from 'vitest';
import { acceptLines, feltBy, namespaceOf, placeParts, sinceText } from './problem-words.ts';

const AT = '2026-11-24T15:47:10.000Z';

describe('sinceText(problem, at)', () => {
  it.each([
    [null, false, ''],
    ['2026-11-24T15:31:00.000Z', false, 'since 15:31'],
    ['2026-11-24T14:46:00.000Z', true, 'before 14:46'],
    ['2026-11-23T15:31:00.000Z', false, 'since 23 Nov'],
  ])('of %s', (since, sinceBefore, text) => {
    expect(sinceText({ since, sinceBefore }, AT)).toBe(text);
  });
});

describe('feltBy(problem)', () => {
  it.each([
    [['a/deployment/web'], 1, 'web'],
    [['a/deployment/web', 'b/job/report'], 4, 'web, report +2'],
    [['a/deployment/web', 'b/job/report', 'c/job/x'], 3, 'web, report +1'],
    [['a/deployment/web', 'b/deployment/web'], 4, 'web.a, web.b +2'],
    [['a/deployment/web', 'b/job/report', 'c/deployment/web'], 3, 'web.a, report +1'],
    [['unmeshed:a/deployment/web'], 1, 'outside'],
    [['unmeshed:a/deployment/web', 'b/job/report', 'external:10.0.0.1:80'], 4, 'outside, report +1'],
    [[], 0, ''],
  ])('of %j', (callers, affected, text) => {
    expect(feltBy({ callers, affected })).toBe(text);
  });
});

it('knows the namespace of an edge by its target, and both ends by name', () => {
  expect(namespaceOf('a/deployment/web~b/deployment/old')).toBe('b');
  expect(namespaceOf('mesh')).toBe('');
  expect(placeParts('unmeshed:b/deployment/old~b/deployment/old')).toEqual([
    { namespace: '', name: 'outside' },
    { namespace: 'b/', name: 'old' },
  ]);
});

it('gives the lines to accept, with an end', () => {
  expect(acceptLines({ code: 'x', where: 'a/deployment/web' }, AT)).toBe(
    '- code: "x"\n  where: "a/deployment/web"\n  name: YOUR NAME\n  reason: WHY IT IS ACCEPTED\n  end: 2027-02-22\n',
  );
});
