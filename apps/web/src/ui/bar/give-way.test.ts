import { describe, expect, it } from 'vitest';
import { giveWay } from './give-way.ts';

const ROOM = { gapPx: 8, menuPx: 28 };
const PIECES = [
  { name: 'title', widthPx: 50, rank: 0 },
  { name: 'share', widthPx: 100, rank: 2, isFact: true },
  { name: 'words', widthPx: 80, rank: 3, isFact: true },
  { name: 'plaintext', widthPx: 90, rank: 4 },
  { name: 'mixed', widthPx: 70, rank: 4 },
  { name: 'export', widthPx: 80, rank: 5 },
  { name: 'problems', widthPx: 100, rank: 1 },
];
const ALL_PX = 570 + 6 * 8;

const gone = (roomPx: number) => [...giveWay(PIECES, { ...ROOM, roomPx })];

describe('giveWay', () => {
  it('leaves all where all fits to the pixel, without room for a menu that holds nothing', () => {
    expect(gone(ALL_PX)).toEqual([]);
  });

  it('takes the last of the order, and counts the button of the menu that it moves into', () => {
    expect(gone(ALL_PX - 1)).toEqual(['export']);
    expect(gone(ALL_PX - 80 + 28)).toEqual(['export']);
    expect(gone(ALL_PX - 80 + 27)).toEqual(['plaintext', 'mixed', 'export']);
  });

  it('takes what shares a place in the order together', () => {
    expect(gone(400)).toEqual(['plaintext', 'mixed', 'export']);
  });

  it('goes on until what is left fits', () => {
    expect(gone(320)).toEqual(['words', 'plaintext', 'mixed', 'export']);
    expect(gone(200)).toEqual(['share', 'words', 'plaintext', 'mixed', 'export']);
    expect(gone(100)).toEqual(['share', 'words', 'plaintext', 'mixed', 'export', 'problems']);
  });

  it('never takes what stays whatever happens', () => {
    expect(gone(0)).not.toContain('title');
  });

  it('needs no menu when only words went', () => {
    const facts = [
      { name: 'title', widthPx: 50, rank: 0 },
      { name: 'words', widthPx: 80, rank: 1, isFact: true },
    ];
    expect([...giveWay(facts, { ...ROOM, roomPx: 50 })]).toEqual(['words']);
  });
});
