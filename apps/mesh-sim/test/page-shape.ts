// The shape of metric pages, for comparing ours with recorded ones: everything but the numbers.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const RECORDED = join(import.meta.dirname, '../../../recordings/metrics');

export interface PageSample {
  readonly name: string;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number;
}

export interface Page {
  /** HELP, TYPE and UNIT lines. */
  readonly headers: readonly string[];
  /** Families in the order of their TYPE lines. */
  readonly families: readonly string[];
  readonly samples: readonly PageSample[];
  readonly lastLine: string;
}

export function parsePage(text: string): Page {
  const lines = text.trimEnd().split('\n');
  const headers: string[] = [];
  const samples: PageSample[] = [];
  for (const line of lines) {
    if (line === '# EOF') continue;
    if (line.startsWith('#')) {
      headers.push(line);
      continue;
    }
    const [, name, labelText = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (!name) throw new Error(`not a sample: ${line}`);
    const labels = [...labelText.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, label = '', text = '']) => [label, text] as const,
    );
    samples.push({ name, labels, value: Number(value) });
  }
  return {
    headers,
    samples,
    families: headers.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2] ?? ''),
    lastLine: lines.at(-1) ?? '',
  };
}

export function recordedPages(): Page[] {
  return readdirSync(RECORDED)
    .filter((file) => file.endsWith('.prom.gz'))
    .map((file) => parsePage(gunzipSync(readFileSync(join(RECORDED, file))).toString('latin1')));
}

/** Label names of each sample name, in the order in which they are printed. */
export function labelOrders(pages: readonly Page[]): Set<string> {
  return new Set(
    pages.flatMap(({ samples }) =>
      samples.map(({ name, labels }) => `${name} ${labels.map(([label]) => label).join(',')}`),
    ),
  );
}

/** `family label=value` for the labels that `isCompared`. */
export function labelValues(pages: readonly Page[], isCompared: (label: string) => boolean): Set<string> {
  const found = new Set<string>();
  for (const { samples } of pages)
    for (const { name, labels } of samples)
      for (const [label, value] of labels) if (isCompared(label)) found.add(`${name} ${label}=${value}`);
  return found;
}
