// docs/using.md against the page: every view, every field of every filter where it works, every key.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Language, parseFilter } from '../filter/filter.ts';
import { edgeLanguage } from '../views/graph/find/graph-language.ts';
import { TOP_LANGUAGE } from '../views/live/top/top-filter.ts';
import { VIEWS } from '../views/views.ts';
import { WORKLOAD_LANGUAGE } from '../views/workloads/workload-filter.ts';
import { KEY_GROUPS } from './key-groups.ts';

// Its folder is a matter of Vite here.
const GUIDE = readFileSync(join(process.cwd(), 'docs', 'using.md'), 'utf8');

/** Cells of the table below a comment, without its head. */
function tableBelow(mark: string): string[][] {
  const [, after = ''] = GUIDE.split(`<!-- ${mark}`);
  const lines = after.split('\n').slice(1);
  const from = lines.findIndex((line) => line.startsWith('|'));
  const rest = lines.slice(from + 2);
  const to = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, to).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const nowhere = { before: () => new Set<string>(), after: () => new Set<string>() };
const LANGUAGES: Record<string, Language<never>> = {
  Workloads: WORKLOAD_LANGUAGE,
  Graph: edgeLanguage(nowhere),
  Live: TOP_LANGUAGE,
};
const FILTERS = tableBelow('filters').map(([terms = '', , where = '']) => ({
  terms: [...terms.matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) => text.split(' ')),
  where: where.split(', '),
}));
const fieldOf = (term: string) => /^([a-z]\w*)(?:[:=<>]|!=)/.exec(term)?.[1];

describe('docs/using.md', () => {
  it('has every view, and no other', () => {
    const [, views = ''] = GUIDE.split('| view | answers | picture |');
    const rows = [...(views.split('\n\n')[0] ?? '').matchAll(/^\| (\w+) \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(VIEWS.map(({ label }) => label).sort());
  });

  it('has terms that are understood where it says, and nowhere else', () => {
    expect(FILTERS.length).toBeGreaterThan(10);
    for (const { terms, where } of FILTERS)
      for (const term of terms)
        for (const [view, language] of Object.entries(LANGUAGES)) {
          const field = fieldOf(term);
          const isKnown = field === undefined || language.fields.some(({ names }) => names.includes(field));
          expect(isKnown, `${term} in ${view}`).toBe(where.includes(view));
          if (isKnown) expect(parseFilter(term, language).trouble, `${term} in ${view}`).toBeNull();
        }
  });

  it.each(Object.entries(LANGUAGES))('has every field of the filter of %s', (view, language) => {
    const told = FILTERS.filter(({ where }) => where.includes(view)).flatMap(({ terms }) =>
      terms.flatMap((term) => fieldOf(term) ?? []),
    );
    const own = language.fields.map(({ names: [first] }) => first);
    expect([...new Set(told)].sort()).toEqual(own.sort());
  });

  it('has the keys of the page, as it names them', () => {
    const own = KEY_GROUPS.flatMap(({ where, keys }) => keys.map(([key, what]) => [where, key, what]));
    expect(tableBelow('keys')).toEqual(own);
  });
});
