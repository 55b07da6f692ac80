// One row of an answer of the query API → a value, or what is wrong with it. Stores and gateways in front of them are no friends.

import { type Labels, parseValue, type Sample, type SampleLine } from './sample.ts';

export class MalformedRow extends Error {
  override readonly name = 'MalformedRow';
}

export interface RowReader<T> {
  /** Null leaves the row out. */
  row(row: unknown): T | null;
  /** Rows and the commas between them in the form that stores write, more quickly; null for any other form. */
  batch?(text: string): T[] | null;
}

/** Null for what has no plain value, such as a native histogram. */
export function toSample(row: unknown): Sample | null {
  const { metric, value } = fieldsOf(row);
  if (value === undefined) return null;
  const [, number] = pointOf(value);
  return { labels: labelsOf(metric), value: number };
}

export function toLine(row: unknown): SampleLine {
  const { metric, values = [] } = fieldsOf(row);
  if (!Array.isArray(values)) throw new MalformedRow('a row has "values" that are no list');
  return { labels: labelsOf(metric), points: values.map(pointOf) };
}

function fieldsOf(row: unknown): Readonly<Record<string, unknown>> {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw new MalformedRow('a row is no object');
  return row as Readonly<Record<string, unknown>>;
}

function labelsOf(metric: unknown): Labels {
  if (metric === undefined) return {};
  const labels = fieldsOf(metric);
  for (const name in labels)
    if (typeof labels[name] !== 'string')
      throw new MalformedRow(`the label "${name.slice(0, 60)}" is no text`);
  return labels as Labels;
}

function pointOf(point: unknown): readonly [number, number] {
  const [at, value] = Array.isArray(point) ? point : [];
  if (typeof at !== 'number' || (typeof value !== 'string' && typeof value !== 'number'))
    throw new MalformedRow('a value is no pair of a time and a number');
  return [at, typeof value === 'number' ? value : parseValue(value)];
}
