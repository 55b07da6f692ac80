import { describe, expect, it } from 'vitest';
import { type Language, parseFilter } from './filter.ts';
import { knownTexts, suggestions } from './suggestions.ts';

interface Thing {
  name: string;
  tags: readonly string[];
  share: number | null;
  bytes: number;
}

const THINGS: readonly Thing[] = [
  { name: 'web', tags: ['front', 'a b'], share: 0.985, bytes: 12_000 },
  { name: 'api', tags: ['back'], share: 1, bytes: 10 },
  { name: 'ledger:db', tags: [], share: null, bytes: 0 },
];
const LANGUAGE: Language<Thing> = {
  fields: [
    { names: ['name', 'n'], about: '', field: { texts: ({ name }) => [name] } },
    { names: ['tag'], about: '', field: { texts: ({ tags }) => tags } },
    { names: ['share'], about: '', field: { number: ({ share }) => share, unit: 'percent' } },
    { names: ['bytes'], about: '', field: { number: ({ bytes }) => bytes, unit: 'bytes' } },
  ],
  word:
    (word) =>
    ({ name }) =>
      name.includes(word),
};
const found = (text: string, more: Partial<Language<Thing>> = {}) =>
  THINGS.filter(parseFilter(text, { ...LANGUAGE, ...more }).matches).map(({ name }) => name);

describe('parseFilter(text, language)', () => {
  it('takes ! and - before words, fields and comparisons', () => {
    expect(found('!web')).toEqual(['api', 'ledger:db']);
    expect(found('-tag:front')).toEqual(['api', 'ledger:db']);
    expect(found('!share<99')).toEqual(['api', 'ledger:db']);
    expect(found('!name=web !name=api')).toEqual(['ledger:db']);
  });

  it('takes several terms with and without spaces, commas and quotes', () => {
    expect(found('n:e, share < 99 %')).toEqual(['web']);
    expect(found('tag:"a b"')).toEqual(['web']);
    expect(found('"web"')).toEqual(['web']);
    expect(found('bytes>=10kB')).toEqual(['web']);
  });

  it('compares a share with the percent that is written, not with a number beside it', () => {
    const of = (share: number, text: string) =>
      parseFilter(text, LANGUAGE).matches({ name: 'web', tags: [], share, bytes: 0 });
    for (const [share, percent] of [
      [0.95, '95'],
      [0.992, '99.2%'],
      [0.07, '7'],
      [0.999, '99.9 %'],
    ] as const) {
      expect([percent, of(share, `share>=${percent}`)]).toEqual([percent, true]);
      expect([percent, of(share, `share=${percent}`)]).toEqual([percent, true]);
      expect([percent, of(share, `share>${percent}`)]).toEqual([percent, false]);
    }
  });

  it('matches a field of several words when one of them does, and != when none is', () => {
    expect(found('tag:fro')).toEqual(['web']);
    expect(found('tag!=back')).toEqual(['web', 'ledger:db']);
  });

  it('says what it did not understand, with its own name for it', () => {
    expect(parseFilter('web speed>3', LANGUAGE).trouble).toBe(
      'unknown field: speed; known: name, tag, share, bytes',
    );
    expect(parseFilter('share<fast', LANGUAGE).trouble).toBe('not a number for share: fast');
    expect(parseFilter('ledger:db', LANGUAGE).trouble).toMatch(/^unknown field: ledger/);
    expect(found('ledger:db', { takesColons: true })).toEqual(['ledger:db']);
  });

  it('waits for the end of a term that is still being written', () => {
    for (const text of ['name:', 'web share<', '!tag:']) {
      const { matches, trouble } = parseFilter(text, LANGUAGE);
      expect([text, trouble, matches(THINGS[0]!)]).toEqual([text, null, true]);
    }
  });

  it('ends on any text', () => {
    for (const text of ['!', '-', '!!', '"', ':', 'name:', '<', 'a"b', '=,=', '!"'])
      expect(() => parseFilter(text, LANGUAGE).matches(THINGS[0]!)).not.toThrow();
  });
});

describe('suggestions(before, language, known)', () => {
  const known = knownTexts(THINGS, LANGUAGE);
  const labels = (before: string) => suggestions(before, LANGUAGE, known).map(({ label }) => label);

  it('are fields first, then what stands in them', () => {
    expect(labels('')).toEqual(['name:', 'tag:', 'share<', 'bytes>']);
    expect(labels('web !na')).toEqual(['name:']);
    expect(labels('name:e')).toEqual(['ledger:db', 'web']);
    expect(labels('share<')).toEqual([]);
    expect(labels('web')).toEqual([]);
  });

  it('keep what is before, and quote what needs it', () => {
    expect(suggestions('web !ta', LANGUAGE)[0]?.text).toBe('web !tag:');
    expect(suggestions('web tag:a', LANGUAGE, known)[0]?.text).toBe('web tag:"a b" ');
  });
});
