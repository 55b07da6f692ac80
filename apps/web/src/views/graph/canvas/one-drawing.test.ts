import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { linkFigure } from '@latchwork/figures/link-figure';
import { boxDrawing } from '@latchwork/graph/draw/box-shapes';
import { cardShapes } from '@latchwork/graph/draw/card-shapes';
import { edgeLabels } from '@latchwork/graph/draw/edge-labels';
import type { Detail } from '@latchwork/graph/draw/encode';
import { linkDrawing } from '@latchwork/graph/draw/link-shapes';
import { markDrawing } from '@latchwork/graph/draw/mark-shapes';
import { LIGHT } from '@latchwork/graph/draw/palette';
import type { Ink, Shape } from '@latchwork/graph/draw/shape';
import { ofPalette, svgShapes } from '@latchwork/graph/draw/svg/svg-shapes';
import { textWidth } from '@latchwork/graph/draw/svg/svg-text';
import { layout } from '@latchwork/graph/layout/layout';
import { toScene } from '@latchwork/graph/scene/scene';
import { render } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import { inkVariable } from './shapes/ink.ts';
import Shapes from './shapes/Shapes.svelte';
import { stillShapes } from './shapes/still-shapes.ts';

const targets = { successTarget: 0.99, latencyTargetMs: 1000, bounds: PROXY_BOUNDS_MS };
const INKS = new Map((Object.keys(LIGHT) as Ink[]).map((ink) => [inkVariable(ink), ink]));

/** Every shape of a picture, as the page and as pictures get them. */
function allShapes(detail: Detail, folded: readonly string[]): Shape[] {
  const scene = toScene(STEADY, { folded: new Set(folded) });
  const placed = layout(scene);
  const callers = new Set(scene.links.map(({ source }) => source));
  const labels = scene.cards.map(({ label }) => label);
  const context = { detail, targets, measure: textWidth, labels, callers };
  const of = <T extends { id: string }>(all: readonly T[], id: string) =>
    all.find((one) => one.id === id) as T;
  const marks = placed.links.map((one) => markDrawing(one, of(scene.links, one.id), detail));
  const figures = edgeLabels({
    textOf: linkFigure,
    ...{ links: scene.links, layout: placed, sums: new Map(), ceilingRps: 30, detail, lit: null },
    isWanted: () => true,
    measure: textWidth,
  });
  return [
    ...placed.boxes
      .map((one) => boxDrawing(of(scene.boxes, one.id), one, context, []))
      .flatMap(({ shapes, head }) => [...shapes, ...head]),
    ...placed.links.flatMap((one) => linkDrawing(of(scene.links, one.id), one, 2.5).shapes),
    ...marks.flatMap(({ mark, ground, beside }) => [mark, ground, ...beside].filter((one) => one !== null)),
    ...figures.map(({ drawing }) => drawing),
    ...placed.cards.flatMap((one) => cardShapes(of(scene.cards, one.id), one, context)),
  ];
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

/** What the page lights up. */
function lightable(container: Element): string[] {
  return [...container.querySelectorAll('[class]')].map((element) => element.getAttribute('class') ?? '');
}

function fromText(shapes: readonly Shape[]): Element {
  const holder = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  holder.innerHTML = stillShapes(shapes);
  return holder;
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

describe.each<[Detail, string[]]>([
  ['near', []],
  ['near', ['fulfilment']],
  ['middle', []],
  ['far', ['storefront']],
])('one drawing, seen from %s with %j folded', (detail, folded) => {
  it('is the same elements on the page and in a picture', () => {
    const shapes = allShapes(detail, folded);
    const page = render(Shapes, { shapes }).container;
    const picture = new DOMParser().parseFromString(
      `<svg xmlns="http://www.w3.org/2000/svg">${svgShapes(shapes, ofPalette(DISTINCT))}</svg>`,
      'image/svg+xml',
    ).documentElement;
    const onPage = [...page.children].map((one) => inked(drawn(one), (colour) => INKS.get(colour)));
    const inPicture = [...picture.children].map((one) =>
      inked(drawn(one), (colour) => /^ink-(.*)/.exec(colour)?.[1]),
    );
    expect(onPage.length).toBeGreaterThan(100);
    expect(onPage).toEqual(inPicture);
  });

  it('is the same elements where the page draws them as one text, as those that light up are', () => {
    const shapes = allShapes(detail, folded);
    const page = render(Shapes, { shapes }).container;
    const still = fromText(shapes);
    expect([...still.children].map((one) => drawn(one))).toEqual([...page.children].map((one) => drawn(one)));
    const roles = lightable(page).filter((name) => name !== 'figures');
    expect(roles).toEqual(lightable(still));
    expect(roles.length).toBeGreaterThan(30);
  });
});

it('stillShapes(shapes) lets no name become an element', () => {
  const name = `<img src=x onerror="alert(1)">"'&`;
  const still = fromText([{ is: 'words', x: 0, y: 0, size: 12, weight: 400, ink: 'text', text: name }]);
  expect(still.querySelectorAll('*')).toHaveLength(1);
  expect(still.textContent).toBe(name);
});
