// Whether there is anything to say of probes, scrapes and infrastructure. Pure.

import type { Place } from '../location/place.ts';

export function hasNoise(
  { noise }: Pick<Place, 'noise'>,
  hidden: { readonly requestsPerSecond: number } | null,
): boolean {
  return noise === 'show' || (hidden?.requestsPerSecond ?? 0) > 0;
}
