// One line of a menu: it leads somewhere, or does something.

import type { IconName } from './mark/icons.ts';

interface Line {
  readonly label: string;
  readonly icon: IconName;
  /** The key that does the same without the menu. */
  readonly key?: string;
}

export interface MenuLink extends Line {
  readonly href: string;
  /** A page of somebody else. */
  readonly isOut?: boolean;
}

/** What goes to the clipboard. */
export interface MenuCopy extends Line {
  readonly copy: () => string;
}

export type MenuItem = MenuLink | MenuCopy;

export interface MenuGroup {
  readonly label: string;
  readonly items: readonly MenuItem[];
}
