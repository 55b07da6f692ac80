// The picture as Graphviz text. Every name is a quoted string: nothing in it can end the string or begin a command.

import type { Card } from '../scene/card.ts';
import type { Link } from '../scene/link.ts';
import type { Scene } from '../scene/scene.ts';
import { speakable } from '../scene/speakable.ts';
import { linkWords } from './mermaid.ts';

const COLOURS = { plaintext: '#a3126a', mixed: '#a3126a', broken: '#c9202f', refused: '#5c6473' } as const;

export function dot({ boxes, cards, links }: Scene, title: string): string {
  const node = (card: Card, indent: string) => `${indent}${quoted(card.id)} [label=${quoted(card.label)}];`;
  return [
    'digraph mesh {',
    `  label=${quoted(title)};`,
    '  rankdir=LR;',
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...boxes.flatMap((box, i) => [
      `  subgraph cluster_${i} {`,
      `    label=${quoted(box.label)};`,
      ...cards.filter((card) => card.box === box.id).map((card) => node(card, '    ')),
      '  }',
    ]),
    ...cards.filter((card) => card.box === null).map((card) => node(card, '  ')),
    ...links.map(
      (link) =>
        `  ${quoted(link.source)} -> ${quoted(link.target)} [label=${quoted(linkWords(link))}${styleOf(link)}];`,
    ),
    '}',
    '',
  ].join('\n');
}

function styleOf({ mark, http }: Link): string {
  const colour = mark in COLOURS ? `, color="${COLOURS[mark as keyof typeof COLOURS]}"` : '';
  return `${colour}${http ? '' : ', style=dashed'}`;
}

function quoted(text: string): string {
  const safe = speakable(text)
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
  return `"${safe}"`;
}
