import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { linkFigure } from '@latchwork/figures/link-figure';
import { boxDrawing } from '@latchwork/graph/draw/box-shapes';
import { cardShapes } from '@latchwork/graph/draw/card-shapes';
import type { DrawingContext } from '@latchwork/graph/draw/drawing-context';
import { edgeLabels } from '@latchwork/graph/draw/edge-labels';
import type { Detail } from '@latchwork/graph/draw/encode';
import { linkDrawing } from '@latchwork/graph/draw/link-shapes';
import { markDrawing } from '@latchwork/graph/draw/mark-shapes';
import { LIGHT } from '@latchwork/graph/draw/palette';
import type { Ink, Shape } from '@latchwork/graph/draw/shape';
import { ofPalette, svgShapes } from '@latchwork/graph/draw/svg/svg-shapes';
import { textWidth } from '@latchwork/graph/draw/svg/svg-text';
import { layout } from '@latchwork/graph/layout/layout';
import type { Layout } from '@latchwork/graph/layout/place';
import { type Scene, toScene } from '@latchwork/graph/scene/scene';
import { render } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import BoxShape from './shapes/BoxShape.svelte';
import { inkVariable } from './shapes/ink.ts';
import LinkShape from './shapes/LinkShape.svelte';
import { pageShapes } from './shapes/page-shapes.ts';

const targets = { successTarget: 0.99, latencyTargetMs: 1000, bounds: PROXY_BOUNDS_MS };
const INKS = new Map((Object.keys(LIGHT) as Ink[]).map((ink) => [inkVariable(ink), ink]));

const SVG = 'http://www.w3.org/2000/svg';

interface Pictured {
  scene: Scene;
  placed: Layout;
  context: DrawingContext;
}

function pictured(detail: Detail, folded: readonly string[]): Pictured {
  const scene = toScene(STEADY, { folded: new Set(folded) });
  const callers = new Set(scene.links.map(({ source }) => source));
  const labels = scene.cards.map(({ label }) => label);
  return { scene, placed: layout(scene), context: { detail, targets, measure: textWidth, labels, callers } };
}

function of<T extends { id: string }>(all: readonly T[], id: string): T {
  return all.find((one) => one.id === id) as T;
}

/** What the page gets as text. */
function textShapes({ scene, placed, context }: Pictured): Shape[] {
  const { detail } = context;
  const marks = placed.links.map((one) => markDrawing(one, of(scene.links, one.id), detail));
  const figures = edgeLabels({
    textOf: linkFigure,
    ...{ links: scene.links, layout: placed, sums: new Map(), ceilingRps: 30, detail, lit: null },
    isWanted: () => true,
    measure: textWidth,
  });
  return [
    ...placed.boxes.flatMap((one) => boxDrawing(of(scene.boxes, one.id), one, context, []).head),
    ...marks.flatMap(({ mark, ground, beside }) => [mark, ground, ...beside].filter((one) => one !== null)),
    ...figures.map(({ drawing }) => drawing),
    ...placed.cards.flatMap((one) => cardShapes(of(scene.cards, one.id), one, context)),
  ];
}

function elementsOf(text: string): Element[] {
  const holder = document.createElementNS(SVG, 'g');
  holder.innerHTML = text;
  return [...holder.children];
}

interface Drawn {
  tag: string;
  text: string;
  attributes: Record<string, string>;
  children: Drawn[];
}

/** The page marks what it lights up with classes, and a glyph takes the colour of its group: all else has to be the same. */
function drawn(element: Element, colour = ''): Drawn {
  const attributes: Record<string, string> = {};
  const own = element.getAttribute('color') ?? colour;
  for (const { name, value } of element.attributes) {
    if (name === 'class' || name === 'color') continue;
    attributes[name] = value === 'currentColor' ? own : value;
  }
  return {
    tag: element.tagName,
    text: element.children.length === 0 ? (element.textContent ?? '') : '',
    attributes,
    children: [...element.children].map((child) => drawn(child, own)),
  };
}

/** Inks in place of colours. */
function inked(one: Drawn, inkOf: (colour: string) => string | undefined): Drawn {
  const attributes = Object.fromEntries(
    Object.entries(one.attributes).map(([name, value]) => [
      name,
      name === 'fill' || name === 'stroke' ? (inkOf(value) ?? value) : value,
    ]),
  );
  return { ...one, attributes, children: one.children.map((child) => inked(child, inkOf)) };
}

/** Each ink a colour of its own, so that none can be taken for another. */
const DISTINCT = { ...LIGHT };
for (const ink of Object.keys(LIGHT) as Ink[]) DISTINCT[ink] = `ink-${ink}`;

function inPicture(shapes: readonly Shape[]): Drawn[] {
  return elementsOf(svgShapes(shapes, ofPalette(DISTINCT))).map((one) =>
    inked(drawn(one), (colour) => /^ink-(.*)/.exec(colour)?.[1]),
  );
}

function onPage(elements: Iterable<Element>): Drawn[] {
  return [...elements].map((one) => inked(drawn(one), (colour) => INKS.get(colour)));
}

describe.each<[Detail, string[]]>([
  ['near', []],
  ['near', ['fulfilment']],
  ['middle', []],
  ['far', ['storefront']],
])('one drawing, seen from %s with %j folded', (detail, folded) => {
  const picture = pictured(detail, folded);

  it('is the same elements on the page and in a picture', () => {
    const shapes = textShapes(picture);
    expect(shapes.length).toBeGreaterThan(80);
    expect(onPage(elementsOf(pageShapes(shapes)))).toEqual(inPicture(shapes));
  });

  it('has lines and frames that travel, and are the same elements otherwise', () => {
    const { scene, placed, context } = picture;
    for (const one of placed.links) {
      const link = of(scene.links, one.id);
      const props = { link, placed: one, width: 2.5, href: '#', spoken: '', selected: false, dimmed: false };
      const { container, unmount } = render(LinkShape, props);
      expect(onPage(container.querySelectorAll('.casing, .line, .tip'))).toEqual(
        inPicture(linkDrawing(link, one, 2.5).shapes),
      );
      unmount();
    }
    for (const one of placed.boxes) {
      const box = of(scene.boxes, one.id);
      const { container, unmount } = render(BoxShape, {
        props: { box, placed: one, context, names: [], foldHref: '#' },
      });
      expect(onPage(container.querySelectorAll('.frame'))).toEqual(
        inPicture([boxDrawing(box, one, context, []).frame]),
      );
      unmount();
    }
  });
});

it('pageShapes(shapes) names what lights up', () => {
  const shapes = textShapes(pictured('near', []));
  const named = new Set(elementsOf(pageShapes(shapes)).map((one) => one.getAttribute('class')));
  expect([...named]).toEqual(expect.arrayContaining(['plate', 'ring']));
  expect(svgShapes(shapes, ofPalette(LIGHT))).not.toContain('class=');
});

it('pageShapes(shapes) lets no name become an element', () => {
  const text = `<img src=x onerror="alert(1)">"'&`;
  const [words, ...more] = elementsOf(
    pageShapes([{ is: 'words', x: 0, y: 0, size: 12, weight: 400, ink: 'text', text }]),
  );
  expect([words!.children, more, words!.textContent]).toEqual([
    expect.objectContaining({ length: 0 }),
    [],
    text,
  ]);
});
