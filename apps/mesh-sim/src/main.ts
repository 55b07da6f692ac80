// The process: options in, doors open, one line of JSON that says where; ends on a signal or with whoever started it.

import { parseOptions, USAGE } from './options.ts';
import { startSimulator } from './simulator.ts';

try {
  const simulator = await startSimulator(parseOptions(process.argv.slice(2)), Date.now);
  const end = () => void simulator.close().finally(() => process.exit(0));
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  // Whoever reads this may end us at once, so it comes last.
  process.stdout.write(`${JSON.stringify(simulator.urls)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`);
  // Doors that did open would keep the process alive.
  process.exit(1);
}
