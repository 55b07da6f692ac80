import { describe, expect, it } from 'vitest';
import { HOME } from '../../../location/place.ts';
import { toSnippets } from './snippets.ts';

const wish = {
  place: {
    ...HOME,
    namespaces: ['shop'],
    only: 'plaintext',
    selected: 'shop/deployment/web',
    shape: 'table',
  } as const,
  base: 'https://mesh.example.com/latchwork/',
  title: '',
  theme: 'dark' as const,
  signed: null,
};

describe('toSnippets(wish)', () => {
  it('shares what is shown, and not what is selected', () => {
    const { frameUrl, badgeUrl, markdown } = toSnippets(wish);
    expect(frameUrl).toBe(
      'https://mesh.example.com/latchwork/embed/graph?namespace=shop&only=plaintext&theme=dark',
    );
    expect(badgeUrl).toBe('https://mesh.example.com/latchwork/embed/badge.svg?namespace=shop');
    expect(markdown).toBe(
      '[![Service graph: shop](https://mesh.example.com/latchwork/embed/graph.svg?namespace=shop&only=plaintext&theme=dark&width=720)](https://mesh.example.com/latchwork/?namespace=shop&only=plaintext)',
    );
  });

  it('carries a signed link where a picture is, and never to the page', () => {
    const signed = { link: 'k.p.s', namespaces: ['a', 'b'] };
    const snippets = toSnippets({ ...wish, signed });
    for (const url of [snippets.frameUrl, snippets.pictureUrl, snippets.badgeUrl, snippets.mermaidUrl])
      expect(url).toMatch(/\?namespace=a&namespace=b.*&link=k\.p\.s$/);
    expect(snippets.image.split('<img')[0]).not.toContain('k.p.s');
  });

  it('shares the cluster that is shown, but a signed link opens only the server’s own', () => {
    const place = { ...wish.place, cluster: 'west' };
    const { frameUrl, badgeUrl } = toSnippets({ ...wish, place });
    for (const url of [frameUrl, badgeUrl]) expect(url).toContain('?cluster=west&namespace=shop');
    const signed = { link: 'k.p.s', namespaces: ['shop'] };
    expect(JSON.stringify(toSnippets({ ...wish, place, signed }))).not.toContain('west');
  });

  it('keeps a title from ending what it stands in', () => {
    const { frame, markdown, frameUrl } = toSnippets({ ...wish, title: 'Shop "x"><b>[y](z)' });
    expect(frame.match(/"/g)).toHaveLength(12);
    expect(frame).not.toContain('<b>');
    expect(markdown).toContain('\\[y\\]');
    expect(new URL(frameUrl).searchParams.get('title')).toBe('Shop "x"><b>[y](z)');
  });

  it('keeps text and addresses from ending a link of Markdown', () => {
    const place = { ...wish.place, focus: 'shop/deployment/a) (b' };
    const { markdown, badge } = toSnippets({ ...wish, place, title: 'a `b <c d="](x)' });
    for (const line of [markdown, badge])
      expect(line).toMatch(/^\[!\[(?:[^[\]\\`<>]|\\.)+\]\(https:[^()\s]+\)\]\(https:[^()\s]+\)$/);
  });

  it('has no query without a wish', () => {
    expect(toSnippets({ ...wish, place: HOME, theme: 'auto' }).frameUrl).toBe(
      'https://mesh.example.com/latchwork/embed/graph',
    );
  });
});
