import { describe, expect, it } from 'vitest';
import { recordedGraph } from '../quality/recordings.ts';
import { lockCounts } from '../scene/lock-counts.ts';
import { matches } from '../scene/only.ts';
import { toScene } from '../scene/scene.ts';
import { badge } from './badge.ts';
import { dot } from './dot.ts';
import { mermaid } from './mermaid.ts';

const scene = toScene(recordedGraph());
const EVIL = '"]\n  click n0 "javascript:alert(1)"\\"; evil -> x';
const evilScene = {
  ...scene,
  cards: scene.cards.map((card) => ({ ...card, label: EVIL })),
};

describe('mermaid(scene)', () => {
  it('has every card, every link and the locks in words', () => {
    const text = mermaid(scene);
    expect(text).toMatch(/^graph LR\n/);
    expect(text).not.toContain('%%');
    expect(text.match(/^ +n\d+[[(]/gm)).toHaveLength(scene.cards.length);
    expect(text.match(/ n\d+ \S+\|".*"\| n\d+$/gm)).toHaveLength(scene.links.length);
    expect(text).toContain('44 % secured');
    expect(text).toContain('plaintext');
  });

  it('codes whatever could end a name', () => {
    const text = mermaid(evilScene);
    expect(text).not.toContain('click n0 "');
    expect(text).not.toContain('javascript:');
    expect(text.split('\n')).toHaveLength(mermaid(scene).split('\n').length);
  });
});

describe('dot(scene, title)', () => {
  it('has every card and every link', () => {
    const text = dot(scene, 'shop');
    expect(text.match(/ -> /g)).toHaveLength(scene.links.length);
    expect(text.match(/^ +"[^"]+" \[label=/gm)).toHaveLength(scene.cards.length);
  });

  it('keeps a name inside of its quotes', () => {
    for (const line of dot(evilScene, EVIL).split('\n')) {
      const outside = line.replace(/"(\\.|[^"\\])*"/g, '');
      expect(outside).not.toContain('"');
      expect(outside).not.toContain('evil');
    }
  });
});

describe('badge(shares, about)', () => {
  it.each([
    [{ requests: 1, connections: 1 }, '100 %', '#3d4452'],
    [{ requests: 1, connections: null }, '100 %', '#3d4452'],
    [{ requests: 0.9999, connections: null }, '99 %', '#a3126a'],
    [{ requests: 1, connections: 0.5 }, '50 %', '#a3126a'],
    [{ requests: 0, connections: null }, '0 %', '#a3126a'],
    [{ requests: null, connections: null }, 'no data', '#e4e7ec'],
  ])('shows %o as %s: secured only when all of it is', (shares, words, colour) => {
    const drawn = badge(shares, 'shop');
    expect(drawn).toContain(`>${words}</text>`);
    expect(drawn).toContain(colour);
    expect(drawn).toContain('<title>mTLS in shop');
  });
});

it('lockCounts(graph, judge) tells the exceptions first', () => {
  expect(
    lockCounts(recordedGraph(), { successTarget: 0.99 }).map(({ mark, count }) => `${count} ${mark}`),
  ).toEqual([
    expect.stringContaining('broken'),
    expect.stringContaining('refused'),
    expect.stringContaining('plaintext'),
    '1 mixed',
    expect.stringContaining('secured'),
  ]);
});

it('lockCounts(graph, judge) counts what the filters of the page show (truth rule 19)', () => {
  for (const { mark, count } of lockCounts(recordedGraph(), { successTarget: 0.99 }))
    if (mark === 'refused' || mark === 'broken')
      expect(count, mark).toBe(scene.links.filter((link) => matches(link, mark)).length);
  expect(scene.links.some(({ partlyRefused }) => partlyRefused)).toBe(true);
});
