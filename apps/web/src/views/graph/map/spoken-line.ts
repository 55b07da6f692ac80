// A line of the map in words.

import { counted } from '@latchwork/figures/count';
import { percentText, wholePercentText } from '@latchwork/figures/percent';
import { rateText } from '@latchwork/figures/rate';
import type { Line } from '@latchwork/graph/overview/line';

const LOCKS = {
  secured: 'secured',
  mixed: 'secured in part',
  plaintext: 'plaintext',
  opaque: 'encrypted otherwise',
  unknown: 'lock unknown',
  refused: 'refused by policy',
  broken: 'no endpoint reached',
  none: 'no lock',
} as const;

export function spokenLine(line: Line, nameOf: (id: string) => string): string {
  const { source, target, edges, http, mark, securedShare } = line;
  const facts = [`${nameOf(source)} to ${nameOf(target)}`, counted(edges, 'edge')];
  if (http) facts.push(`${rateText(http.rps).replace('/s', '')} requests a second`);
  if (http && http.successRate !== null) facts.push(`${percentText(http.successRate)} success`);
  const share = mark === 'mixed' && securedShare !== null ? `, ${wholePercentText(securedShare)}` : '';
  return [...facts, `${LOCKS[mark]}${share}`].join(', ');
}
