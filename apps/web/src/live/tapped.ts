// From a place to the parameters of the topics of live requests. By itself, for a frame of the graph taps nothing.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import type { Place } from '../location/place.ts';
import { askParams, parseTapAsk } from './tap-ask.ts';
import { narrowParams, parseTapNarrow } from './tap-narrow.ts';
import { parseTapTarget } from './tap-target.ts';

/** What Live taps: `namespace`, or `namespace/kind/name`; null when the address names no such target. */
export function topParams({ target, noise, ask }: Place): TapParams | null {
  const tapped = parseTapTarget(target ?? '');
  if (tapped === null) return null;
  const more = { ...askParams(parseTapAsk(ask)), ...(noise === 'show' && { noise }) };
  return { namespace: tapped.namespace, ...tapped.workload, ...more };
}

/** The same, one by one: of one row, when the address names it. Null when they are not shown. */
export function tapParams(place: Place): TapParams | null {
  const params = topParams(place);
  if (params === null || place.tap === null) return null;
  const narrow = parseTapNarrow(place.tap);
  return narrow ? { ...params, ...narrowParams(narrow) } : params;
}
