// Where the reader looks: pan, zoom and fit. d3-zoom is wrapped here once; nothing else touches it.

import { detailOf, LEAST_ZOOM } from '@latchwork/graph/draw/encode';
import { select } from 'd3-selection';
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom';
import type { Area, Size } from './area.ts';
import { wayClear } from './clear-of.ts';

const LARGEST = 2.5;
/** A small picture grows a little, and with the screen: but a card is no poster. */
const FIT_AT_MOST = 1.15;
const FIT_EVER = 1.75;
const USUAL_WIDTH = 1440;
const STEP = 1.3;

/** Room around a fitted picture; a narrow screen has little to give. */
function padding({ width }: Size): number {
  return width < 1000 ? 4 : 16;
}

/** Of a map, or of what is open, that is larger than the screen: it is scrolled, not shrunk on. A whole graph folds instead. */
const LEAST = { overview: 0.5, open: LEAST_ZOOM, whole: 0 };

/** The zoom at which all of `content` is seen. */
export function fitZoom(content: Size, screen: Size, top = 0): number {
  const width = Math.max(1, screen.width - 2 * padding(screen));
  const height = Math.max(1, screen.height - top - 2 * padding(screen));
  const most = Math.min(FIT_EVER, FIT_AT_MOST * Math.max(1, screen.width / USUAL_WIDTH));
  return Math.min(most, width / Math.max(1, content.width), height / Math.max(1, content.height));
}

/**
 * The transform that shows all of `content`: in the middle, and near the top, of which `top` px are taken. With `least` it
 * may show the upper part alone.
 */
export function fitted(content: Area, screen: Size, top = 0, least = 0): { x: number; y: number; k: number } {
  const k = Math.max(least, fitZoom(content, screen, top));
  const left = (screen.width - k * content.width) / 2;
  const above = top + Math.max(0, Math.min(16, (screen.height - top - k * content.height) / 2));
  return { x: left - k * content.x, y: above - k * content.y, k };
}

export class Viewport {
  screen = $state.raw<Size>({ width: 0, height: 0 });
  #top = 0;
  #what: keyof typeof LEAST = 'whole';
  /** What is shown, in its own px. */
  content = $state.raw<Area>({ x: 0, y: 0, width: 0, height: 0 });
  #transform = $state.raw<ZoomTransform>(zoomIdentity);
  /** True until the reader moves the picture: then it is left alone. */
  #isFitted = $state(true);
  /** It was moved by itself, so that something is seen: it stays where it is, as far as there is room. */
  #isRevealing = false;
  #window: Size = { width: 0, height: 0 };
  /** On paper all of it is shown, however large the page is. */
  #isPrinting = $state(false);
  #isMoving = $state(false);
  #isTravelling = $state(false);
  #element: SVGSVGElement | null = null;
  #zoom: ZoomBehavior<SVGSVGElement, unknown>;

  constructor() {
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .extent(() => [
        [0, 0],
        [this.screen.width, this.screen.height],
      ])
      .filter((event: Event) => {
        // Two fingers or a wheel move the picture; a pinch, which comes as a wheel with Ctrl, or Ctrl itself zooms.
        if (event.type === 'wheel') return (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey;
        const isPointerOnControl = event.target instanceof Element && event.target.closest('[data-still]');
        return !isPointerOnControl && !(event as MouseEvent).button;
      })
      .on('start', (event) => {
        if (!event.sourceEvent) return;
        this.#isMoving = true;
        this.#isTravelling = false;
      })
      .on('zoom', (event) => {
        this.#transform = event.transform;
        if (event.sourceEvent) this.#isFitted = false;
      })
      .on('end', () => {
        this.#isMoving = false;
      });
  }

  get k(): number {
    return this.#transform.k;
  }

  /** As CSS writes it. */
  get transform(): string {
    if (this.#isPrinting) return 'none';
    const { x, y, k } = this.#transform;
    return `translate(${round(x)}px, ${round(y)}px) scale(${Math.round(k * 1e4) / 1e4})`;
  }

  get isFitted(): boolean {
    return this.#isFitted;
  }

  /** While the reader drags or pinches: hovering means nothing then. */
  get isMoving(): boolean {
    return this.#isMoving;
  }

  /** While the picture is on its way by itself; the way is drawn by a CSS transition. */
  get isTravelling(): boolean {
    return this.#isTravelling;
  }

  /** An attachment for the drawing's `<svg>`. */
  attach = (element: SVGSVGElement): (() => void) => {
    this.#element = element;
    const selection = select(element);
    selection.call(this.#zoom).on('dblclick.zoom', null);
    const scroll = (event: WheelEvent) => this.#scroll(event);
    element.addEventListener('wheel', scroll, { passive: false });
    const observer = new ResizeObserver(() => this.#isPrinting || this.#measure());
    observer.observe(element);
    this.#measure();
    const print = () => this.#print(true);
    const printed = () => this.#print(false);
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', printed);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', printed);
      selection.on('.zoom', null);
      element.removeEventListener('wheel', scroll);
      this.#element = null;
    };
  };

  /**
   * Tells where the picture is, and how much at the top is taken; fits it as long as the reader has not moved it, or when it
   * shows something else.
   */
  show(
    { x, y, width, height }: Area,
    top: number,
    travel: boolean,
    what: keyof typeof LEAST = 'whole',
  ): void {
    if (what !== this.#what) {
      this.#isFitted = true;
      this.#isRevealing = false;
    }
    this.#what = what;
    const old = this.content;
    const isOfSize = width === old.width && height === old.height;
    const same = top === this.#top && x === old.x && y === old.y && isOfSize;
    this.content = { x, y, width, height };
    this.#top = top;
    if (!same && this.#isFitted && !(this.#isRevealing && isOfSize)) this.fit(travel);
    if (this.#isPrinting) this.#print(true);
  }

  fit(travel = true): void {
    const { screen } = this;
    if (screen.width === 0 || this.content.width === 0) return;
    const { x, y, k } = fitted(this.content, screen, this.#top, LEAST[this.#what]);
    // Whoever wants to see all of it can.
    this.#zoom.scaleExtent([Math.min(LEAST_ZOOM, fitZoom(this.content, screen, this.#top)), LARGEST]);
    this.#isFitted = true;
    this.#isRevealing = false;
    this.#go(zoomIdentity.translate(x, y).scale(k), travel);
  }

  /** 0 fits it. */
  zoom(by: -1 | 0 | 1): void {
    if (by === 0) this.fit();
    else this.#scale(STEP ** by);
  }

  /** Moves the picture as little as needed to bring `area` out from under what covers it. */
  reveal(area: Area): void {
    if (this.screen.width === 0) return;
    const { x, y, k } = this.#transform;
    const seen = { x: x + k * area.x, y: y + k * area.y, width: k * area.width, height: k * area.height };
    const { dx, dy } = wayClear(seen, this.screen, this.#whatLiesOver());
    if (dx === 0 && dy === 0) return;
    this.#isRevealing = true;
    this.#go(zoomIdentity.translate(x + dx, y + dy).scale(k), true);
  }

  /** Legend, buttons, and a drawer that has no room beside the picture. */
  #whatLiesOver(): Area[] {
    const box = this.#element?.getBoundingClientRect();
    const view = this.#element?.closest('.beside');
    if (!box || !view) return [];
    return [...view.querySelectorAll('[data-over-picture]')]
      .map((part) => part.getBoundingClientRect())
      .map(({ x, y, width, height }) => ({ x: x - box.x, y: y - box.y, width, height }));
  }

  #scroll(event: WheelEvent): void {
    if (!this.#element || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const [dx, dy] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    this.#isFitted = false;
    this.#isTravelling = false;
    const { k } = this.#transform;
    this.#zoom.translateBy(select(this.#element), (-dx * unit) / k, (-dy * unit) / k);
  }

  #scale(factor: number): void {
    if (!this.#element) return;
    this.#isFitted = false;
    this.#isTravelling = true;
    this.#zoom.scaleBy(select(this.#element), factor);
  }

  #go(target: ZoomTransform, travel: boolean): void {
    if (!this.#element) return;
    this.#isTravelling = travel;
    this.#zoom.transform(select(this.#element), target);
  }

  #print(isPrinting: boolean): void {
    this.#isPrinting = isPrinting;
    const { x, y, width, height } = this.content;
    if (isPrinting) this.#element?.setAttribute('viewBox', [x - 8, y - 8, width + 16, height + 16].join(' '));
    else this.#element?.removeAttribute('viewBox');
  }

  #measure(): void {
    const box = this.#element?.getBoundingClientRect();
    if (!box || (box.width === this.screen.width && box.height === this.screen.height)) return;
    const { innerWidth: width, innerHeight: height } = window;
    const isSameWindow = width === this.#window.width && height === this.#window.height;
    this.#window = { width, height };
    this.screen = { width: box.width, height: box.height };
    if (this.#isFitted && !(isSameWindow && this.#wouldReadLess())) this.fit(isSameWindow);
  }

  /** A panel came beside the picture, and with all of it in what is left, less of it could be read. */
  #wouldReadLess(): boolean {
    const k = Math.max(LEAST[this.#what], fitZoom(this.content, this.screen, this.#top));
    return k < this.k && detailOf(k) !== detailOf(this.k);
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
