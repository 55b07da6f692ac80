// Where promtool is: beside the Prometheus that tests start, or on PATH.

import { dirname, join } from 'node:path';
import { findOnPath, findPrometheus, isExecutable } from './prometheus-binary.ts';

export interface PromtoolOptions {
  /** What a missing one is: a reason to leave tests out, or a failure (as in CI). */
  readonly required: boolean;
}

/** Null where a package left it out, and it need not be. */
export async function findPromtool({ required }: PromtoolOptions): Promise<string | null> {
  const beside = join(dirname(await findPrometheus()), 'promtool');
  const found = (await isExecutable(beside)) ? beside : await findOnPath(['promtool']);
  if (found === null && required)
    throw new Error('promtool was not found: install it beside Prometheus, or so that it is on PATH');
  return found;
}
