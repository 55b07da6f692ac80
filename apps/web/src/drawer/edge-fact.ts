// The one number that says most about an edge, for lists where there is room for one.

import { counted } from '@latchwork/figures/count';
import { figureText } from '@latchwork/figures/figure';
import { rateText } from '@latchwork/figures/rate';
import { toldSuccess } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import type { Tone } from '@latchwork/figures/tone';
import type { Edge } from '@latchwork/shared/edge';
import { isAllRefused, refusedRps } from '@latchwork/shared/refusal';

export interface EdgeFact {
  text: string;
  /** A second fact, only when it is off target. */
  alarm: string | null;
  tone: Tone;
}

/** Refused and unreached calls are named, because their rate alone would read like traffic. */
export function edgeFact(edge: Edge, judge: Judge): EdgeFact {
  const unreached = total(edge.unreached);
  if (unreached > 0 && !edge.http) return { text: rateText(unreached), alarm: 'never arrived', tone: 'bad' };
  const refused = refusedRps(edge);
  if (isAllRefused(edge)) return { text: rateText(refused), alarm: 'refused', tone: 'good' };
  if (edge.http) {
    const text = rateText(edge.http.rps);
    const success = toldSuccess(edge.http, judge);
    const tone = success === null || success.tone === 'few' ? 'good' : success.tone;
    if (success && success.tone !== 'good') return { text, alarm: figureText(success.short), tone };
    return { text, alarm: refused > 0 ? `${rateText(refused)} refused` : null, tone };
  }
  const open = edge.tcp?.openConnections ?? null;
  return { text: open === null ? 'TCP' : counted(open, 'connection'), alarm: null, tone: 'good' };
}

function total(parts: Record<string, number> | null): number {
  return Object.values(parts ?? {}).reduce((sum, part) => sum + part, 0);
}
