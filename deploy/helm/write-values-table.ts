// `node deploy/helm/write-values-table.ts`: brings the table in the chart's README up to date with values.yaml.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { valuesTable } from './values-table.ts';

const CHART = join(import.meta.dirname, 'latchwork');
const BETWEEN = /(<!-- values -->\n)[\s\S]*?(\n<!-- \/values -->)/;

const readme = join(CHART, 'README.md');
const table = valuesTable(await readFile(join(CHART, 'values.yaml'), 'utf8'));
const text = await readFile(readme, 'utf8');
await writeFile(
  readme,
  text.replace(BETWEEN, (_all, open, close) => `${open}${table}${close}`),
);
