// The body of an answer: its rows as they come, and what stands around them. Within a budget for all answers that are being read.

import type { Readable } from 'node:stream';
import { JsonFault } from '../../network/json-fault.ts';
import { createJsonItems } from '../../network/json-items.ts';
import { unpacked } from '../../network/unpacked.ts';
import { SourceError } from '../source-error.ts';
import type { ReadBudget } from './read-budget.ts';
import { MalformedRow, type RowReader } from './rows.ts';

export interface BodyOptions<T> {
  /** The header `content-encoding`; empty for none. */
  readonly encoding: string;
  readonly budget: ReadBudget;
  /** Awaited before each piece: many answers that come at once hold nobody else up. */
  readonly slice: () => Promise<void>;
  /** The URL without credentials. */
  readonly where: string;
  readonly reader: RowReader<T>;
}

export interface Body<T> {
  readonly rows: readonly T[];
  /** What stands around the rows; undefined when the whole is no JSON. */
  readonly json: unknown;
  /** As far as it is needed to tell what it is. */
  readonly text: string;
}

const MAX_ROWS = 500_000;
/** Prometheus nests six deep. */
const MAX_DEPTH = 16;

export async function readBody<T>(body: Readable, options: BodyOptions<T>): Promise<Body<T>> {
  const { encoding, budget, slice, where, reader } = options;
  const rows: T[] = [];
  const reading = createJsonItems({
    path: ['data', 'result'],
    maxDepth: MAX_DEPTH,
    onItem(item) {
      const row = reader.row(item);
      if (row !== null) keep(row);
    },
    onBatch(text) {
      const read = reader.batch?.(text) ?? null;
      for (const row of read ?? []) keep(row);
      return read !== null;
    },
  });
  function keep(row: T): void {
    rows.push(row);
    if (rows.length > MAX_ROWS) throw tooMuch(`more than ${MAX_ROWS} series`, where);
  }
  // Whoever breaks off hears of it once more, as an error of the body.
  body.on('error', () => undefined);
  const stream = unpacked(body, encoding);
  if (stream === null) {
    body.destroy();
    throw badAnswer(`${where} answered in the unknown packing "${encoding.slice(0, 40)}"`);
  }
  const share = budget.open();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      await share.take(chunk.length);
      await slice();
      reading.push(chunk);
    }
    return { rows, json: reading.end(), text: reading.rest() };
  } catch (error) {
    body.destroy();
    if (error instanceof MalformedRow)
      throw badAnswer(`${where} answered with rows of another shape: ${error.message}`, error);
    if (isPackingError(error))
      throw badAnswer(`${where} answered with a body that cannot be unpacked`, error);
    if (!(error instanceof JsonFault)) throw error;
    if (error.kind === 'too-deep')
      throw badAnswer(`${where} answered with JSON of another shape: ${error.message}`, error);
    if (error.kind === 'too-large' && rows.length > 0) throw tooMuch(error.message, where);
    return { rows: [], json: undefined, text: reading.rest() };
  } finally {
    share.release();
  }
}

function isPackingError(error: unknown): boolean {
  return /^(Z_|ERR__?ERROR|ERR_BROTLI|ZSTD_)/.test((error as NodeJS.ErrnoException).code ?? '');
}

function badAnswer(message: string, cause?: unknown): SourceError {
  return new SourceError({
    source: 'prometheus',
    kind: 'bad-answer',
    message,
    remedy: 'see what stands between this server and the store: it changes its answers',
    cause,
  });
}

function tooMuch(what: string, where: string): SourceError {
  return new SourceError({
    source: 'prometheus',
    kind: 'too-much',
    message: `${where} answered with ${what}`,
    remedy: 'the mesh in this store is larger than one answer may be: narrow it with --matcher',
  });
}
