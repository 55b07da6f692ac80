// What somebody pastes into a wiki: addresses and the lines around them. Pure: strings in, strings out.

import { PATHS } from '@latchwork/shared/paths';
import { HOME, type Place, placeSearch } from '../../../location/place.ts';
import { boxesChange } from '../boxes/boxes-change.ts';

export interface ShareWish {
  place: Place;
  /** Of the page; ends in a slash. */
  base: string;
  /** Empty: the names of the namespaces. */
  title: string;
  theme: Place['theme'];
  /** A signed link and what it opens; null without one. */
  signed: { link: string; namespaces: readonly string[] } | null;
}

export interface Snippets {
  frameUrl: string;
  pictureUrl: string;
  badgeUrl: string;
  mermaidUrl: string;
  dotUrl: string;
  frame: string;
  image: string;
  markdown: string;
  badge: string;
  /** What it is a picture of, in words. */
  alt: string;
  /** The page that a click on a picture opens. */
  pageUrl: string;
}

export const FRAME_WIDTH = 720;
export const FRAME_HEIGHT = 420;

export function toSnippets({ place, base, title, theme, signed }: ShareWish): Snippets {
  // A link opens only its namespaces: whatever the page shows now, the picture is of them.
  const namespaces = signed ? signed.namespaces : place.namespaces;
  const { window, at, noise } = place;
  // Nor does it open another cluster than the server's own.
  const cluster = signed ? null : place.cluster;
  const scope = { ...HOME, cluster, namespaces, window, at, noise };
  const { only, labels } = place;
  const { focus, folded, unfolded, hidden } = place.by === null ? place : boxesChange(place, null);
  const shown = { ...scope, focus, folded, unfolded, hidden, only, labels, theme };

  function url(path: string, of: Place, name: string, width?: number): string {
    const more = new URLSearchParams();
    if (width !== undefined) more.set('width', String(width));
    if (name.trim() !== '') more.set('title', name.trim());
    if (signed) more.set('link', signed.link);
    const search = [placeSearch(of).slice(1), more.toString().replaceAll('+', '%20')].filter(
      (part) => part !== '',
    );
    const address = new URL(`.${path}`, base).href;
    return search.length > 0 ? `${address}?${search.join('&')}` : address;
  }

  const frameUrl = url(PATHS.embedFrame, shown, title);
  // Drawn for the size it will have, so that it can be read there.
  const pictureUrl = url(PATHS.embedSvg, shown, title, FRAME_WIDTH);
  const badgeUrl = url(PATHS.embedBadge, scope, '');
  const page = new URL(`./${placeSearch({ ...shown, theme: 'auto' })}`, base).href;
  const about = title.trim() || (namespaces.length > 0 ? namespaces.join(', ') : 'the whole mesh');
  const alt = `Service graph: ${about}`;
  return {
    frameUrl,
    pictureUrl,
    badgeUrl,
    mermaidUrl: url(PATHS.embedMermaid, shown, title),
    dotUrl: url(PATHS.embedDot, shown, title),
    frame: `<iframe src="${attribute(frameUrl)}" width="${FRAME_WIDTH}" height="${FRAME_HEIGHT}" title="${attribute(alt)}" loading="lazy" frameborder="0"></iframe>`,
    image: `<a href="${attribute(page)}"><img src="${attribute(pictureUrl)}" width="${FRAME_WIDTH}" alt="${attribute(alt)}" /></a>`,
    markdown: `[![${words(alt)}](${target(pictureUrl)})](${target(page)})`,
    alt,
    pageUrl: page,
    badge: `[![mTLS: ${words(about)}](${target(badgeUrl)})](${target(page)})`,
  };
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** In Markdown a bracket would end the text, and code or HTML that begins in it would swallow its end. */
function words(text: string): string {
  return text.replace(/[[\]\\`<>]/g, '\\$&');
}

/** A bracket would end the address in Markdown. */
function target(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}
