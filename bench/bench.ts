// Measures what has a budget, as ratios taken side by side in one run. Ends with 1 when a budget is not kept.

import { layoutBench } from './layout-bench.ts';

const verdicts = await layoutBench();

console.log('');
for (const { what, value, budget, kept } of verdicts)
  console.log(`${kept ? 'kept  ' : 'BROKEN'} ${what}: ${value.toPrecision(3)} (${budget})`);
process.exitCode = verdicts.every(({ kept }) => kept) ? 0 : 1;
