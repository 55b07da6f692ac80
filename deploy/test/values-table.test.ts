// The README's table of values is the one that values.yaml makes.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { valuesTable } from '../helm/values-table.ts';
import { CHART } from './chart.ts';
import { tableRows } from './markdown-table.ts';

describe('valuesTable(yaml)', () => {
  it('names every value with its default and its comment', () => {
    const yaml =
      '# -- How many.\nreplicas: 1\nimage:\n  # -- Where | what.\n  name: ""\n# -- Any.\nlabels: {}\n';
    expect(valuesTable(yaml).split('\n').slice(2)).toEqual([
      '| `replicas` | `1` | How many. |',
      '| `image.name` | `""` | Where \\| what. |',
      '| `labels` | `{}` | Any. |',
    ]);
  });

  it('refuses a value without a comment, by its name', () => {
    expect(() => valuesTable('# -- One.\na: 1\nb:\n  c: 2\n')).toThrow('b.c has no comment');
  });

  it('is what the README of the chart shows; node deploy/helm/write-values-table.ts brings it up to date', async () => {
    const [yaml, readme] = await Promise.all(
      ['values.yaml', 'README.md'].map((file) => readFile(join(CHART, file), 'utf8')),
    );
    const made = `<!-- values -->\n${valuesTable(yaml ?? '')}\n<!-- /values -->`;
    expect(tableRows(readme ?? '', 'values')).toEqual(tableRows(made, 'values'));
  });
});
