// Lines that share one mark: the line that leads speaks for all of them, so its figures are their sum.

import type { Judge } from '@latchwork/figures/targets';
import { grouped } from '../grouped.ts';
import type { PlacedLink } from '../layout/place.ts';
import { type Link, toLink } from './link.ts';

/** By the id of the line that leads: the sum of the members that are lit, or of all when none is. */
export function bundleLinks(
  links: readonly Link[],
  placed: readonly PlacedLink[],
  lit: ReadonlySet<string> | null,
  judge: Judge,
): Map<string, Link> {
  const linkOf = new Map(links.map((link) => [link.id, link]));
  const bundles = grouped(
    placed.filter(({ bundle }) => bundle !== null),
    ({ bundle }) => bundle?.id,
  );
  const sums = new Map<string, Link>();
  for (const members of bundles.values()) {
    const leader = linkOf.get(members.find(({ bundle }) => bundle?.leads)?.id ?? '');
    if (!leader) continue;
    const all = members.flatMap(({ id }) => linkOf.get(id) ?? []);
    const bright = all.filter(({ id }) => lit?.has(id));
    const edges = (bright.length > 0 ? bright : all).flatMap((link) => link.edges);
    sums.set(leader.id, toLink(leader.id, leader.source, leader.target, edges, judge));
  }
  return sums;
}

/** Lines of which some member of their bundle is lit: the mark of all stays lit with it. */
export function litLeaders(placed: readonly PlacedLink[], lit: ReadonlySet<string>): Set<string> {
  const bright = new Set(
    placed.filter(({ id, bundle }) => bundle && lit.has(id)).map(({ bundle }) => bundle?.id),
  );
  return new Set(placed.filter(({ bundle }) => bundle?.leads && bright.has(bundle.id)).map(({ id }) => id));
}
