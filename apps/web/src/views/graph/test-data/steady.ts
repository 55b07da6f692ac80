// The recording's steady moment as a graph of the contract: what every test of this view looks at.

import type { Graph } from '@latchwork/shared/graph';
import steady from './steady.json' with { type: 'json' };

/** Read from JSON, whose literals the compiler widens. */
export const STEADY = steady as unknown as Graph;
