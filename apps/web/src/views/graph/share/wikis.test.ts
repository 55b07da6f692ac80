import { mermaid } from '@latchwork/graph/draw/mermaid';
import { toScene } from '@latchwork/graph/scene/scene';
import { evaluate } from '@mdx-js/mdx';
import MarkdownIt from 'markdown-it';
import { createElement } from 'react';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { HOME } from '../../../location/place.ts';
import { STEADY } from '../test-data/steady.ts';
import { fillIn } from './fill-in.ts';
import { toSnippets } from './snippets.ts';
import { WIKIS } from './wikis.ts';

const TITLES = ['', 'Shop "x" <b> {y} [z](q) | `w` & co'];
const snippetsOf = (title: string) =>
  toSnippets({
    place: { ...HOME, namespaces: ['shop', 'cart'], only: 'plaintext' },
    base: 'https://mesh.example.com/latchwork/',
    title,
    theme: 'dark',
    signed: { link: 'k.p.s', namespaces: ['shop', 'cart'] },
  });
const linesOf = (name: RegExp, title: string) =>
  WIKIS.find((wiki) => name.test(wiki.name))?.lines(snippetsOf(title)) ?? [];
const textOf = (name: RegExp, label: string, title = '') =>
  linesOf(name, title).find((line) => line.label === label)?.text ?? '';
const graphText = mermaid(toScene(STEADY));
const fetchGraph = async () => new Response(graphText);

describe('what each wiki takes, read by its own parser', () => {
  it.each(TITLES)('MDX renders the frame and the picture (%s)', async (title) => {
    for (const { text } of [...linesOf(/MDX/, title), { text: snippetsOf(title).frame }]) {
      const { default: Content } = await evaluate(text, { ...runtime });
      const html = renderToStaticMarkup(createElement(Content));
      expect(html).toMatch(/<(iframe|img) /);
      const parsed = new DOMParser().parseFromString(html, 'text/html');
      const src = parsed.querySelector('iframe, img')?.getAttribute('src') ?? '';
      expect(new URL(src).searchParams.getAll('namespace')).toEqual(['shop', 'cart']);
    }
  });

  it.each(TITLES)('HTML has one frame with the address and no way out of its attributes (%s)', (title) => {
    const parsed = new DOMParser().parseFromString(textOf(/HTML/, 'Live frame', title), 'text/html');
    const frame = parsed.querySelector('iframe');
    expect(parsed.body.children).toHaveLength(1);
    expect(frame?.src).toBe(snippetsOf(title).frameUrl);
    expect(frame?.getAttribute('frameborder')).toBe('0');
  });

  it.each(TITLES)('Markdown has a picture in a link (%s)', (title) => {
    for (const wiki of [/GitHub/, /GitLab/, /Backstage/]) {
      const html = new MarkdownIt().render(textOf(wiki, 'Picture', title));
      const parsed = new DOMParser().parseFromString(html, 'text/html');
      expect(parsed.querySelector('a > img')?.getAttribute('src')).toBe(snippetsOf(title).pictureUrl);
    }
  });

  it('Mermaid reads the graph in a block of GitHub, and in one of Azure DevOps', async () => {
    const { default: mermaidParser } = await import('mermaid');
    for (const [wiki, pattern] of [
      [/GitHub/, /^```mermaid\n([\s\S]*)```$/],
      [/Azure/, /^::: mermaid\n([\s\S]*):::$/],
    ] as const) {
      const line = linesOf(wiki, '').find(({ label }) => label === 'Mermaid');
      const block = await fillIn(line?.text ?? '', line?.fill ?? '', fetchGraph);
      const graph = pattern.exec(block)?.[1] ?? '';
      expect(graph.startsWith('graph ')).toBe(true);
      expect(await mermaidParser.parse(graph)).toMatchObject({
        diagramType: expect.stringMatching(/^flowchart/),
      });
    }
  });

  it.each(TITLES)('no title ends a call of MediaWiki or DokuWiki (%s)', (title) => {
    expect(textOf(/MediaWiki/, 'Live frame', title)).toMatch(
      /^\{\{#widget:Iframe\|url=[^|{}]+\|width=720\|height=420\|border=0\}\}$/,
    );
    expect(textOf(/MediaWiki/, 'Link', title)).toMatch(/^\[https:\S+ [^[\]]+\]$/);
    expect(textOf(/DokuWiki/, 'Live frame', title)).toMatch(
      /^\{\{url>[^|{} ]+ 720px,420px noscroll noborder\|[^|{}[\]]+\}\}$/,
    );
    expect(textOf(/DokuWiki/, 'Link', title)).toMatch(/^\[\[https:[^|\]]+\|[^|[\]]+\]\]$/);
  });

  it('says why there is no text of the graph', async () => {
    await expect(fillIn('…', 'https://x', async () => new Response('', { status: 503 }))).rejects.toThrow(
      'it answers 503',
    );
  });
});
