// The figure on a line that the reader chose instead of its rate.

import { bytesRate } from './bytes.ts';
import { figureText } from './figure.ts';
import { latency } from './latency.ts';
import { type LinkFigure, linkFigure, type ToldLink } from './link-figure.ts';
import { wholePercentText } from './percent.ts';
import { type Counted, toldSuccess } from './success.ts';
import type { Targets } from './targets.ts';

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
