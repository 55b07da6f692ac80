// An attachment for the whole page: plain clicks on links to places of this page move within it.

import type { PageLocation } from './location.svelte.ts';

export function followLinks(location: PageLocation): (node: HTMLElement) => () => void {
  return (node) => {
    const onClick = (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return; // a new tab or a download
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!link || link.hasAttribute('download') || link.getAttribute('target')) return;
      if (location.follow(link.getAttribute('href') ?? '')) event.preventDefault();
    };
    node.addEventListener('click', onClick);
    return () => node.removeEventListener('click', onClick);
  };
}
