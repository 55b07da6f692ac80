// The picture as Mermaid text, for wikis that draw graphs themselves. Names become character codes wherever they could mean something.

import { wholePercentText } from '@latchwork/figures/percent';
import { rateText } from '@latchwork/figures/rate';
import type { Card } from '../scene/card.ts';
import type { Link } from '../scene/link.ts';
import type { Scene } from '../scene/scene.ts';

const ARROWS = { broken: '--x', refused: '-.-x' } as const;
const LOUD = '#a3126a';
const BAD = '#c9202f';

/** `graph` and no comment: Azure DevOps reads neither `flowchart` nor a line before it; everybody else reads both. */
export function mermaid({ boxes, cards, links }: Scene): string {
  const ids = new Map(cards.map(({ id }, i) => [id, `n${i}`]));
  const card = (each: Card, indent: string) => `${indent}${ids.get(each.id)}${shapeOf(each)}`;
  const lines = [
    'graph LR',
    ...boxes.flatMap((box, i) => [
      `  subgraph b${i}["${coded(box.label)}"]`,
      ...cards.filter((each) => each.box === box.id).map((each) => card(each, '    ')),
      '  end',
    ]),
    ...cards.filter((each) => each.box === null).map((each) => card(each, '  ')),
    ...links.map((link) => {
      const arrow =
        link.mark === 'broken' || link.mark === 'refused' ? ARROWS[link.mark] : link.http ? '-->' : '-.->';
      return `  ${ids.get(link.source)} ${arrow}|"${coded(linkWords(link))}"| ${ids.get(link.target)}`;
    }),
    ...links.flatMap(({ mark }, i) => {
      const colour = mark === 'plaintext' || mark === 'mixed' ? LOUD : mark === 'broken' ? BAD : null;
      return colour ? [`  linkStyle ${i} stroke:${colour}`] : [];
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function shapeOf({ label, type }: Card): string {
  const name = `"${coded(label)}"`;
  return type === 'workload' || type === 'service' ? `[${name}]` : `([${name}])`;
}

/** A link in a few words: its lock, and how much. */
export function linkWords({ mark, securedShare, http, tcp }: Link): string {
  const lock = mark === 'mixed' && securedShare !== null ? `${wholePercentText(securedShare)} secured` : mark;
  const amount = http ? rateText(http.rps) : tcp ? 'TCP' : '';
  return amount === '' ? lock : `${lock}, ${amount}`;
}

/** Mermaid reads `#60;` as `<`: nothing that is coded can end a text or begin anything else. */
function coded(text: string): string {
  return text.replace(/[^A-Za-z0-9 ._/%,-]/gu, (letter) => `#${letter.codePointAt(0)};`);
}
