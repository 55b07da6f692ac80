// Where promtool is: beside the Prometheus that tests start, or on PATH.

import { dirname, join } from 'node:path';
import { findOnPath, findPrometheus, isExecutable } from './prometheus-binary.ts';

/** Null where a package left it out. */
export async function findPromtool(): Promise<string | null> {
  const beside = join(dirname(await findPrometheus()), 'promtool');
  return (await isExecutable(beside)) ? beside : findOnPath(['promtool']);
}
