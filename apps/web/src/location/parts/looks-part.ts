// How the page looks, whatever it shows.

import { choice, type Part } from '../field.ts';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const LOOKS = {
  theme: choice<Theme>('theme', THEMES, 'auto'),
} satisfies Part;
