// Where the programs of the demo are. The bundle has its own answers in this module's place.

import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

export const MESH_SIM = join(ROOT, 'apps', 'mesh-sim', 'src', 'main.ts');
export const SERVER = join(ROOT, 'apps', 'server', 'src', 'main.ts');

/** Where a program is fetched to that the demo needs and nobody has installed; null: nothing is fetched. */
export const CACHE: string | null = join(ROOT, '.cache');
