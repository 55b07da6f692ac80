import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { describe, expect, it } from 'vitest';
import { layout } from '../../layout/layout.ts';
import { recordedGraph } from '../../quality/recordings.ts';
import { toScene } from '../../scene/scene.ts';
import { DARK, LIGHT } from '../palette.ts';
import { svg } from './svg.ts';
import { escaped } from './svg-text.ts';

const options = {
  colours: LIGHT,
  title: 'The <shop>',
  successTarget: 0.99,
  latencyTargetMs: 1000,
  bounds: PROXY_BOUNDS_MS,
};
const scene = toScene(recordedGraph());
const picture = svg(scene, layout(scene), options);

describe('svg(scene, layout, options)', () => {
  it('draws every card and every link once', () => {
    for (const { label } of scene.cards) expect(picture).toContain(`>${label}</text>`);
    expect(picture.match(/<g><title>/g)).toHaveLength(scene.links.length);
  });

  it('says its exceptions in words', () => {
    const words = /<desc>(.*)<\/desc>/.exec(picture)?.[1];
    expect(words).toContain('20 cards in 4 namespaces, 30 edges.');
    expect(words).toContain('web to cart in storefront');
    expect(words).toContain('44 percent secured');
    expect(words).toContain('report in backoffice to orders in fulfilment, 0.94 a second refused by policy');
    expect(words).not.toContain('gateway to web in storefront, ');
  });

  it('has no script, no address but its namespace, and no unescaped name', () => {
    expect(picture).not.toMatch(/<script|href|url\(|javascript:/);
    expect(picture.match(/https?:/g)).toHaveLength(1);
    expect(picture).toContain('<title>The &lt;shop&gt;</title>');
    expect(picture).not.toContain('NaN');
  });

  it('takes all of its colours from the palette', () => {
    const dark = svg(scene, layout(scene), { ...options, colours: DARK });
    const used = new Set(dark.match(/#[0-9a-f]{6}/g));
    for (const colour of used) expect(Object.values(DARK)).toContain(colour);
  });

  it('writes figures on lines when asked to, where there is room', () => {
    const labelled = svg(scene, layout(scene), { ...options, labels: true });
    const figures = labelled.match(/font-size="10.5" font-weight="500"[^>]*>[^<]+</g) ?? [];
    expect(figures.length).toBeGreaterThan(scene.links.length / 3);
    expect(picture).not.toContain('font-size="10.5" font-weight="500"');
  });

  it('draws an empty mesh as an empty picture', () => {
    const empty = toScene({ nodes: [], edges: [] });
    expect(svg(empty, layout(empty), options)).toContain('0 cards in 0 namespaces');
  });
});

it('escaped(text) leaves nothing that could end a text or an attribute', () => {
  expect(escaped(`a<b>&"c'`)).toBe('a&lt;b&gt;&amp;&quot;c&#39;');
});
