// What a bar is made of, and how its parts learn that they stand in its menu.

import { getContext, type Snippet, setContext } from 'svelte';

export interface BarPart {
  name: string;
  /** What has the highest gives way first, and all that share it together; 0 stays whatever happens. */
  rank: number;
  show: Snippet;
  /** Only words: without room they are left out. Anything else moves into the menu. */
  isFact?: boolean;
  /** It changes what is seen: the button of the menu tells of it. */
  isOn?: boolean;
  /** It may shrink down to this. */
  leastPx?: number;
}

export interface BarMenuContext {
  /** Something was chosen: closes the menu, and its button has the focus again. */
  choose: () => void;
}

const KEY = Symbol('bar menu');

export function setBarMenu(menu: BarMenuContext): void {
  setContext(KEY, menu);
}

/** Undefined in the bar itself, and wherever there is none. */
export function getBarMenu(): BarMenuContext | undefined {
  return getContext<BarMenuContext | undefined>(KEY);
}
