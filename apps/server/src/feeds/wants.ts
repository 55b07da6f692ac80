// What one who looks needs beyond what is asked for everybody: by the part that answers it, of which namespaces.

import type { PartName } from '../mesh/answers.ts';

export type Wants = { readonly [P in PartName]?: readonly string[] };
