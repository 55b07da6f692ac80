// The figure on a line: its rate, or its connections.

import type { Link } from '@latchwork/graph/scene/link';
import { threeDigits } from '../../../format/rate.ts';

/** Empty when there is no figure to show. */
export function linkLabel({ http, tcp, refusedRps, unreachedRps }: Link): string {
  if (http) return threeDigits(http.rps);
  if (unreachedRps > 0) return threeDigits(unreachedRps);
  if (refusedRps > 0) return threeDigits(refusedRps);
  const open = tcp?.openConnections ?? null;
  return open === null ? '' : `${Math.round(open)} conn${Math.round(open) === 1 ? '' : 's'}`;
}
