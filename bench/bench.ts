// Measures what has a budget, as ratios taken side by side in one run. Ends with 1 when a budget is not kept.
// Arguments name what to measure (`layout`, `collector`, `live`, `page`, `abuse`); without any it is everything. `--seconds N`: how long abuse goes on.

import { parseArgs } from 'node:util';
import { abuseBench } from './abuse-bench.ts';
import { collectorBench } from './collector-bench.ts';
import { layoutBench } from './layout-bench.ts';
import { liveBench } from './live-bench.ts';
import { pageBench } from './page-bench.ts';
import type { Verdict } from './verdict.ts';

const { values, positionals: asked } = parseArgs({
  options: { seconds: { type: 'string' } },
  allowPositionals: true,
});

const BENCHES: Readonly<Record<string, () => Promise<Verdict[]>>> = {
  layout: layoutBench,
  collector: collectorBench,
  live: liveBench,
  page: pageBench,
  abuse: () => abuseBench(values.seconds === undefined ? undefined : Number(values.seconds)),
};
const unknown = asked.find((name) => !BENCHES[name]);
if (unknown) throw new Error(`nothing to measure is called ${unknown}: ${Object.keys(BENCHES).join(', ')}`);

const verdicts: Verdict[] = [];
for (const [name, bench] of Object.entries(BENCHES))
  if (asked.length === 0 || asked.includes(name)) verdicts.push(...(await bench()));

console.log('');
for (const { what, value, budget, kept } of verdicts)
  console.log(`${kept ? 'kept  ' : 'BROKEN'} ${what}: ${value.toPrecision(3)} (${budget})`);
process.exitCode = verdicts.every(({ kept }) => kept) ? 0 : 1;
