// The process: options in, doors open, one line of JSON that says where; ends on a signal or with whoever started it.

import { parseOptions, USAGE } from './options.ts';
import { type Simulator, startSimulator } from './simulator.ts';

async function main(): Promise<Simulator> {
  try {
    const simulator = await startSimulator(parseOptions(process.argv.slice(2)), Date.now);
    process.stdout.write(`${JSON.stringify(simulator.urls)}\n`);
    return simulator;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`);
    // Doors that did open would keep the process alive.
    process.exit(1);
  }
}

const simulator = await main();
const end = () => void simulator.close().finally(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
process.once('disconnect', end);
