// The first half of `npm pack`: makes dist/latchwork, which is what the package holds.

import { join } from 'node:path';
import { bundle } from './bundle.ts';

const FOLDER = join(import.meta.dirname, '..', 'dist', 'latchwork');

process.stderr.write('Building the program and its page\n');
await bundle(FOLDER);
