import { fireEvent } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { followLinks } from './follow-links.ts';
import { PageLocation } from './location.svelte.ts';

beforeEach(() => window.history.replaceState(null, '', '/base/?window=2m'));

describe('PageLocation', () => {
  it('links to the place it is at, with some of it changed', () => {
    const location = new PageLocation(window);
    expect(location.hrefOf({ view: 'live' })).toBe('/base/?view=live&window=2m');
  });

  it('goes on, adjusts and comes back', async () => {
    const location = new PageLocation(window);
    const seen: string[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        seen.push(`${location.place.view} ${location.place.filter}`);
      });
    });
    flushSync();
    location.go({ view: 'workloads' });
    flushSync();
    location.adjust({ filter: 'a' });
    location.adjust({ filter: 'ab' });
    flushSync();
    const steps = window.history.length;
    window.history.back();
    await new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
    flushSync();
    stop();
    expect(seen).toEqual(['graph ', 'workloads ', 'workloads ab', 'graph ']);
    expect(window.history.length).toBe(steps);
  });

  it('makes no step where nothing changes', () => {
    const location = new PageLocation(window);
    const steps = window.history.length;
    location.go({ window: '2m' });
    expect(window.history.length).toBe(steps);
  });
});

describe('followLinks(location)', () => {
  function click(html: string, init: MouseEventInit = {}): { followed: boolean; location: PageLocation } {
    const location = new PageLocation(window);
    document.body.innerHTML = `<main>${html}</main>`;
    const main = document.querySelector('main') as HTMLElement;
    const stop = followLinks(location)(main);
    // jsdom would try to navigate.
    main.addEventListener('click', (event) => {
      followed = event.defaultPrevented;
      event.preventDefault();
    });
    let followed = false;
    void fireEvent.click(document.querySelector('a') as Element, init);
    stop();
    return { followed, location };
  }

  it('moves within the page for a plain click on a link to it', () => {
    const { followed, location } = click('<a href="/base/?view=live"><b>Live</b></a>');
    expect(followed).toBe(true);
    expect(location.place.view).toBe('live');
  });

  it('leaves to the browser what asks for a new tab or leads elsewhere', () => {
    expect(click('<a href="/base/?view=live">Live</a>', { ctrlKey: true }).followed).toBe(false);
    expect(click('<a href="/elsewhere">Docs</a>').followed).toBe(false);
    expect(click('<a href="https://linkerd.io/">Linkerd</a>').followed).toBe(false);
    expect(click('<a href="/base/?view=live" download>Live</a>').followed).toBe(false);
  });
});
