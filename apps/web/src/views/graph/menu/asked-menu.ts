// Whether an event of the picture asks for a menu, of what, and where it is to lie. Light: all else about it is loaded with it.

import { type Target, targetOf } from '../canvas/pointing/pointing.svelte.ts';

export type MenuTarget = Target | { box: string };

export interface AskedMenu {
  target: MenuTarget;
  /** What has the focus again when it closes. */
  opener: SVGElement | null;
  x: number;
  y: number;
}

/** Null for all other events: they stay the browser's. */
export function askedMenu(event: MouseEvent | KeyboardEvent): AskedMenu | null {
  if ('key' in event && !(event.key === 'F10' && event.shiftKey)) return null;
  const element = event.target instanceof Element ? event.target : null;
  const box = element?.closest<SVGElement>('[data-box]');
  const name = box?.dataset['box'];
  const target = targetOf(event) ?? (name ? { box: name } : null);
  if (!element || !target) return null;
  event.preventDefault();
  const opener = element.closest('a') ?? box?.querySelector('a') ?? null;
  // A key has no place of its own in some browsers.
  const { left, bottom } = element.getBoundingClientRect();
  const [x, y] =
    'clientX' in event && event.clientX + event.clientY > 0 ? [event.clientX, event.clientY] : [left, bottom];
  return { target, opener: opener instanceof SVGElement ? opener : null, x, y };
}
