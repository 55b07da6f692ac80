// A card of the map in words, for those who cannot see it and those who point at it.

import { counted } from '@latchwork/figures/count';
import { percentText, wholePercentText } from '@latchwork/figures/percent';
import { rateText } from '@latchwork/figures/rate';
import { boxWord } from '../scene/box-of.ts';
import { hubWords } from './card-pieces.ts';
import { countWords } from './count-shapes.ts';
import type { OverviewCard } from './overview-card.ts';

export function spokenOverviewCard(card: OverviewCard): string {
  const { label, isPeer, by, workloads, rps, successRate, securedShare, counts, chipsIn, chipsOut, more } =
    card;
  const facts = isPeer ? [label] : [label, boxWord(by), counted(workloads, 'workload')];
  if (rps !== null) facts.push(`${rateText(rps).replace('/s', '')} requests a second`);
  if (successRate !== null) facts.push(`${percentText(successRate)} success`);
  if (securedShare !== null) facts.push(`${wholePercentText(securedShare)} secured`);
  const hub = hubWords(card);
  if (hub !== null) facts.push(hub);
  for (const chip of chipsIn) facts.push(`called by ${chip.label}, ${chip.mark}`);
  for (const chip of chipsOut) facts.push(`calls ${chip.label}, ${chip.mark}`);
  facts.push(...countWords(counts));
  if (more > 0) facts.push(`${counted(more, 'more line')} not drawn`);
  return facts.join(', ');
}
