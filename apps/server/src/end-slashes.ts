// The slashes at the end of an address. Pure.

/** Looks at each run of slashes once: `/\/+$/` reads a long run in the middle anew from each of its slashes. */
export function withoutEndSlashes(text: string): string {
  return text.replace(/(?<!\/)\/+$/, '');
}
