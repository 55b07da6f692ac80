// The current place: what the address bar says, as reactive state. Moving is a link or `go`; nothing else remembers it.

import { createContext } from 'svelte';
import { type Place, parsePlace, placeSearch, placeSearches } from './place.ts';

/** The part of `window` that it needs, so that tests can bring their own. */
export type Browser = Pick<Window, 'location' | 'history' | 'addEventListener'>;

export class PageLocation {
  #browser: Browser;
  #search: string;
  // Hundreds of links read it: plain state, and one listener for as long as the page is there.
  #place: Place;

  constructor(browser: Browser) {
    this.#browser = browser;
    this.#search = browser.location.search;
    this.#place = $state.raw(parsePlace(this.#search));
    browser.addEventListener('popstate', () => this.#look());
  }

  /** Replaced whole with every move. */
  get place(): Place {
    return this.#place;
  }

  /** A link to the current place with some of it changed; `from`: where it is kept, so that hundreds of links do not follow each move. */
  hrefOf(change: Partial<Place>, from: Place = this.place): string {
    const search = placeSearch({ ...from, ...change });
    return `${this.#browser.location.pathname}${search}`;
  }

  /** `hrefOf` for hundreds of links from one place that differ in one thing. */
  hrefsOf<K extends keyof Place>(changed: K, from: Place): (value: Place[K]) => string {
    const searchOf = placeSearches(from, changed);
    const { pathname } = this.#browser.location;
    return (value) => `${pathname}${searchOf(value)}`;
  }

  /** Moves on: the back button returns. */
  go(change: Partial<Place>): void {
    this.#move(change, 'pushState');
  }

  /** Moves without a step in the history: for what changes with every key. */
  adjust(change: Partial<Place>): void {
    this.#move(change, 'replaceState');
  }

  /** Takes over a click on a link to a place on this page; false when the browser should follow it. */
  follow(href: string): boolean {
    const { location, history } = this.#browser;
    const url = new URL(href, location.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname || url.hash !== '') return false;
    if (url.search !== location.search) history.pushState(null, '', `${url.pathname}${url.search}`);
    this.#look();
    return true;
  }

  #move(change: Partial<Place>, step: 'pushState' | 'replaceState'): void {
    const search = placeSearch({ ...this.#place, ...change });
    if (search === placeSearch(this.#place)) return;
    this.#browser.history[step](null, '', `${this.#browser.location.pathname}${search}`);
    this.#look();
  }

  #look(): void {
    const { search } = this.#browser.location;
    if (search === this.#search) return;
    this.#search = search;
    this.#place = parsePlace(search);
  }
}

export const [getLocation, setLocation] = createContext<PageLocation>();
