import { describe, expect, it } from 'vitest';
import { lookOf, PIPED } from '../asking/look.ts';
import { figures, tableText, words } from './text-table.ts';
import { harmless, textWidth } from './text-width.ts';

interface Row {
  readonly name: string;
  readonly rate: string;
  readonly why: string;
}

const ROWS: readonly Row[] = [
  { name: 'shop/web', rate: '9.00/s', why: 'well' },
  { name: '店/カート', rate: '12.1/s', why: '' },
];
const COLUMNS = [
  words<Row>('NAME', ({ name }) => name),
  figures<Row>('RATE', ({ rate }) => rate, 1),
  words<Row>('WHY', ({ why }) => why, 2),
];
const table = (look = PIPED, rows = ROWS) =>
  tableText({ rows, columns: COLUMNS, sign: ({ why }) => (why === '' ? 'plaintext' : 'well') }, look);

describe('tableText()', () => {
  it('has columns as wide as their cells, wide letters counted as two', () => {
    expect(table()).toBe(
      ['   NAME         RATE  WHY', '√  shop/web   9.00/s  well', '○  店/カート  12.1/s', ''].join('\n'),
    );
  });

  it('leaves columns out where the terminal is narrow, never the name', () => {
    const lines = (columns: number) => table({ ...PIPED, columns }).split('\n')[0];
    expect(lines(40)).toBe('   NAME         RATE  WHY');
    expect(lines(24)).toBe('   NAME         RATE');
    expect(lines(5)).toBe('   NAME');
  });

  it('colours the sign alone, and spells it without UTF-8', () => {
    expect(table({ ...PIPED, hasColour: true })).toContain('\u001b[32m√\u001b[0m  shop/web   9.00/s  well');
    expect(table({ ...PIPED, isUtf8: false })).toMatch(/\nv {2}shop\/web/);
  });

  it('lets no name write to the terminal', () => {
    const evil = { name: 'a\u001b[2J\u0007\nb\u202ec', rate: '', why: 'x' };
    expect(table(PIPED, [evil])).toContain('√  a�[2J��b�c');
    expect(harmless('é店')).toBe('é店');
  });

  it('is nothing without rows', () => expect(table(PIPED, [])).toBe(''));
});

it.each([
  ['web', 3],
  ['café', 4],
  ['cafe\u0301', 4],
  ['店', 2],
  ['👩‍🚀', 2],
  ['1 006', 5],
])('textWidth(%j)', (text, width) => expect(textWidth(text)).toBe(width));

describe('lookOf(stream, environment)', () => {
  const tty = { isTTY: true, columns: 80 };
  it.each([
    [tty, {}, { columns: 80, hasColour: true, isUtf8: true }],
    [tty, { NO_COLOR: '1' }, { columns: 80, hasColour: false, isUtf8: true }],
    [tty, { TERM: 'dumb', LANG: 'C' }, { columns: 80, hasColour: false, isUtf8: false }],
    [tty, { LANG: 'C', LC_ALL: 'en_GB.utf8' }, { columns: 80, hasColour: true, isUtf8: true }],
    [{}, { LANG: 'de_DE.UTF-8' }, { columns: null, hasColour: false, isUtf8: true }],
  ])('%j %j', (stream, environment, look) => expect(lookOf(stream, environment)).toEqual(look));
});
