// The recording rules as a file of Prometheus. A text in single quotes needs no care but for those quotes.

import type { RuleGroup } from '../../apps/server/src/feeds/collector/questions/recording-rules.ts';

const HEAD = `# Recording rules that answer Latchwork's questions ahead, so that a refresh reads one sample a row. The server finds them
# by itself, prefers them when they are whole and of now, and asks as ever when they are not. \`latchwork-edge-latency\` is
# the dearest group: without it the latencies of the edges in view are asked as ever.
# Written by deploy/prometheus/write-rules.ts; do not edit.
`;

export function rulesFile(groups: readonly RuleGroup[]): string {
  const lines = groups.flatMap(({ name, interval, rules }) => [
    `  - name: ${name}`,
    `    interval: ${interval}`,
    '    rules:',
    ...rules.flatMap(({ record, expr }) => [
      `      - record: ${record}`,
      `        expr: '${expr.replaceAll("'", "''")}'`,
    ]),
  ]);
  return `${HEAD}groups:\n${lines.join('\n')}\n`;
}
