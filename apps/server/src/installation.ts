// Where this program's own files are, and which version it is. The bundle has its own answers in this module's place.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** The folder with the built page. */
export const WEB_ROOT = join(ROOT, '..', 'web', 'dist');

/** What draws pictures, in a thread of its own. */
export const DRAWING_WORKER = join(ROOT, 'src', 'drawing', 'worker.ts');

/** What starts the demo: `runDemo(args)`. */
export const DEMO = join(ROOT, '..', '..', 'scripts', 'demo.ts');

export const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string })
  .version;
