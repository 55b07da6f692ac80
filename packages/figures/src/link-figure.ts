// The one figure on a line: its rate, or its connections; or another one that the reader chose.

import { bytesRate } from './bytes.ts';
import { connectionsText } from './card-facts.ts';
import { figureText } from './figure.ts';
import { latency } from './latency.ts';
import { wholePercentText } from './percent.ts';
import { threeDigits } from './rate.ts';
import { type Counted, toldSuccess } from './success.ts';
import type { Targets } from './targets.ts';

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

/** A link with all that a label may say of it. */
export interface TellingLink extends ToldLink {
  http: (Counted & { rps: number; p95Ms: number | null }) | null;
  tcp: {
    openConnections: number | null;
    readBytesPerSecond: number | null;
    writeBytesPerSecond: number | null;
  } | null;
  securedShare: number | null;
}

/** The figure that the reader chose; empty where the link has none. */
export function chosenFigure(link: TellingLink, figure: LinkFigure, targets: Targets): string {
  const { mark, http, tcp, securedShare } = link;
  if (figure === 'rate') return linkFigure(link);
  // Of what policy turned away nobody knows more than how much it was.
  if (mark === 'refused') return '';
  switch (figure) {
    case 'p95':
      return http?.p95Ms == null
        ? ''
        : figureText(latency(http.p95Ms, targets.bounds, targets.latencyTargetMs));
    case 'success': {
      const told = http && toldSuccess(http, targets);
      return told ? figureText(told.short) : '';
    }
    case 'bytes': {
      const { readBytesPerSecond: read = null, writeBytesPerSecond: written = null } = tcp ?? {};
      return read === null && written === null ? '' : figureText(bytesRate((read ?? 0) + (written ?? 0)));
    }
    case 'secured':
      return securedShare === null ? '' : wholePercentText(securedShare);
  }
}
