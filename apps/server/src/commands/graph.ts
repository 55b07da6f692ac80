// latchwork graph: the picture of who calls whom, as the page exports it, or its numbers.

import { edgesCsv } from '@latchwork/figures/csv/edges-csv';
import { scopeTitle } from '@latchwork/graph/fold/picture-title';
import { flagWithDefault } from '../flags/flag.ts';
import { oneOf, wholeNumber } from '../flags/plain-values.ts';
import { formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { scopeOf } from './asking/scope-of.ts';
import { exitOf, GRAPH_NEEDS } from './asking/seen.ts';
import { NO_EDGE, printEdges } from './edges.ts';
import { sayAbout } from './printing/said.ts';

const HERE = { hasVariable: false };

const FLAGS = {
  ...SCOPE_FLAGS,
  ...outputFlags(['table', 'svg', 'mermaid', 'dot', 'json', 'csv']),
  width: flagWithDefault('width', 'PX', 'How wide an SVG picture is made', wholeNumber(100, 9_999), {
    ...HERE,
    fallback: '1200',
  }),
  theme: flagWithDefault(
    'theme',
    'WORD',
    'Of an SVG picture: light or dark',
    oneOf(['light', 'dark'] as const),
    {
      ...HERE,
      fallback: 'light',
    },
  ),
} as const;

export const graph = lookingCommand({
  word: 'graph',
  takes: '',
  about: ['Printed to standard output: latchwork graph -n shop -o svg > shop.svg'],
  flags: FLAGS,
  run: print,
});

async function print(looking: Looking<typeof FLAGS>): Promise<number> {
  const { settings, asking, terminal } = looking;
  const format = formatOf(settings);
  if (format === 'table') return printEdges({ ...looking, words: [] }, 'table');
  const [{ successTarget, latencyTargetMs }, answer] = await Promise.all([
    asking.about(),
    asking.ask('graph', scopeOf(settings)),
  ]);
  if (format === 'json') terminal.print(`${JSON.stringify(answer)}\n`);
  else if (format === 'csv') terminal.print(edgesCsv(answer.edges));
  else {
    const { drawPicture } = await import('../drawing/picture.ts');
    const params = {
      width: String(settings.width),
      theme: settings.theme,
      namespace: [...settings.namespaces],
    };
    const title = scopeTitle(settings.namespaces);
    const targets = { successTarget, latencyTargetMs };
    terminal.print(`${drawPicture(answer, { kind: format, params, title, targets }).trimEnd()}\n`);
  }
  sayAbout(answer, terminal.say);
  const isEmpty = answer.edges.length === 0;
  if (isEmpty) terminal.say(NO_EDGE);
  return exitOf(answer.parts, GRAPH_NEEDS, isEmpty);
}
