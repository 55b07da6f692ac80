// What a reader may ask the map to draw. Apart from what draws it, for the address knows these words too.

/** `strong`: what is wrong first, then the strongest; `problems`: without what is well; `all`: as many as can be told apart. */
export const LINE_CHOICES = ['strong', 'problems', 'all'] as const;
export type LineChoice = (typeof LINE_CHOICES)[number];
