// The map in words: what is drawn and what is counted, and every line that is wrong by name.

import { count, counted } from '@latchwork/figures/count';
import type { PlacedLink } from '../layout/place.ts';
import { weighted } from '../scene/secured-shares.ts';
import type { Line } from './line.ts';
import type { Overview } from './overview.ts';
import { type OverviewDetail, overviewDetail, showsChips } from './overview-detail.ts';

/** "58 of 172 lines drawn, 76 as chips, 38 counted on the cards". From afar there are no chips, and cards count only faults. */
export function drawnWords(
  { lines, drawn, chips, form, leftOut }: Pick<Overview, 'lines' | 'drawn' | 'chips' | 'form' | 'leftOut'>,
  detail: OverviewDetail,
): string {
  const asChips = showsChips(form, detail) ? chips.length : 0;
  const rest = lines.length - drawn.length - asChips;
  const parts = [`${count(drawn.length)} of ${counted(lines.length, 'line')} drawn`];
  if (asChips > 0) parts.push(`${count(asChips)} as chips`);
  const isNear = detail === 'near' || detail === 'close';
  if (rest > 0) parts.push(`${count(rest)} ${isNear ? 'counted on the cards' : 'not drawn'}`);
  if (leftOut.cards > 0) parts.push(`${counted(leftOut.cards, 'card')} left out`);
  return parts.join(', ');
}

export function overviewWords(overview: Overview): string {
  const labels = new Map(overview.cards.map(({ id, label }) => [id, label]));
  const name = (id: string) => labels.get(id) ?? id;
  const loud = overview.lines.filter(({ rank }) => rank < 5);
  const told = loud.map(({ source, target, mark, tone }) => {
    const well = tone === 'bad' || tone === 'warn' ? ', below target' : '';
    return `${name(source)} to ${name(target)}, ${mark}${well}`;
  });
  return `${counted(overview.cards.length, 'card')}, ${drawnWords(overview, overviewDetail(overview.zoom))}.${told.length > 0 ? ` ${told.join('; ')}.` : ''}`;
}

/** What the mark of a bundle says: the share of all its lines. */
export function bundleShare(
  { bundle }: PlacedLink,
  line: Line,
  lines: ReadonlyMap<string, Line>,
): number | null {
  if (!bundle) return line.securedShare;
  return weighted(
    bundle.members.flatMap((id) => {
      const member = lines.get(id);
      return member ? [{ share: member.securedShare, weight: member.rps }] : [];
    }),
  );
}
