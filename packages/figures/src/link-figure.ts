// The one figure on a line: its rate, or its connections.

import { connectionsText } from './card-facts.ts';
import { threeDigits } from './rate.ts';

export const LINK_FIGURES = ['rate', 'p95', 'success', 'bytes', 'secured'] as const;
export type LinkFigure = (typeof LINK_FIGURES)[number];

export interface ToldLink {
  /** `refused`: all of it was. */
  mark: string;
  http: { rps: number } | null;
  tcp: { openConnections: number | null } | null;
  /** Requests a second that policy turned away, and that never got to an endpoint. */
  refusedRps: number;
  unreachedRps: number;
}

/** Empty when there is no figure to show. */
export function linkFigure({ mark, http, tcp, refusedRps, unreachedRps }: ToldLink): string {
  if (mark === 'refused' && refusedRps > 0) return threeDigits(refusedRps);
  if (http) return threeDigits(http.rps);
  if (unreachedRps > 0) return threeDigits(unreachedRps);
  if (refusedRps > 0) return threeDigits(refusedRps);
  const open = tcp?.openConnections ?? null;
  return open === null ? '' : connectionsText(open);
}
