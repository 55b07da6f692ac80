// What a frame shows, as elements: head, picture, and a few words when there is none. Knows no socket and no clock.

import { LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { type LockCount, lockCountWords } from '@latchwork/graph/scene/lock-counts';
import type { Freshness } from '../frame/freshness.ts';

const SVG = 'http://www.w3.org/2000/svg';

export class EmbedView {
  #document: Document;
  #link: HTMLAnchorElement;
  #title: HTMLElement;
  #about: HTMLElement;
  #counts: HTMLElement;
  #fresh: HTMLElement;
  #picture: HTMLElement;
  #words: HTMLElement;

  constructor(root: HTMLElement, href: string) {
    const document = root.ownerDocument;
    this.#document = document;
    const make = (name: string, className = '') => {
      const element = document.createElement(name);
      element.className = className;
      return element;
    };
    this.#link = document.createElement('a');
    Object.assign(this.#link, { href, target: '_blank', rel: 'noopener' });
    this.#title = make('h1');
    this.#about = make('span', 'about');
    this.#counts = make('span', 'counts');
    this.#fresh = make('span', 'fresh');
    this.#picture = make('div', 'picture');
    this.#words = make('p');
    this.#words.setAttribute('role', 'status');
    const head = make('header');
    head.append(this.#title, this.#about, make('span', 'grow'), this.#counts, this.#fresh);
    this.#picture.append(this.#words);
    this.#link.append(head, this.#picture);
    root.replaceChildren(this.#link);
  }

  head(title: string, about: string, counts: readonly LockCount[]): void {
    this.#title.textContent = title;
    this.#about.textContent = about;
    this.#link.title = `Open ${title} in Latchwork`;
    this.#document.title = `${title} · service graph`;
    const elements = counts.map((count) => {
      const element = this.#document.createElement('span');
      element.className = `count ${count.mark}`;
      if (count.mark !== 'broken' && count.mark !== 'refused') element.append(this.#lock(count.mark));
      element.append(lockCountWords(count));
      return element;
    });
    this.#counts.replaceChildren(...elements);
  }

  freshness({ tone, text }: Freshness): void {
    this.#fresh.className = `fresh ${tone}`;
    if (this.#fresh.textContent !== text) this.#fresh.textContent = text;
    this.#picture.classList.toggle('stale', tone === 'warn');
  }

  /** `svg` is of our own making; parsed as XML, in which a name that is not escaped would be an error, not an element. */
  picture(svg: string | null, zoom = 1): void {
    this.#picture.querySelector('svg')?.remove();
    if (svg === null) return;
    const drawn = this.#document.importNode(
      new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement,
      true,
    );
    for (const side of ['width', 'height'])
      drawn.setAttribute(side, String(Math.floor(Number(drawn.getAttribute(side)) * zoom)));
    this.#picture.prepend(drawn);
  }

  /** Null when there is nothing to say. */
  words(text: string | null): void {
    this.#words.textContent = text ?? '';
  }

  #lock(state: keyof typeof LOCK_GLYPHS): SVGElement {
    const icon = this.#document.createElementNS(SVG, 'svg');
    const facts = { width: '12', height: '12', viewBox: '0 0 12 12', 'aria-hidden': 'true', fill: 'none' };
    for (const [name, value] of Object.entries(facts)) icon.setAttribute(name, value);
    for (const { d, fill, stroke, dash } of LOCK_GLYPHS[state]) {
      const path = this.#document.createElementNS(SVG, 'path');
      path.setAttribute('d', d);
      path.setAttribute(fill ? 'fill' : 'stroke', 'currentColor');
      if (stroke !== undefined) path.setAttribute('stroke-width', String(stroke));
      if (dash) path.setAttribute('stroke-dasharray', dash);
      icon.append(path);
    }
    return icon;
  }
}
