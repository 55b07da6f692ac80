// The live side in Svelte's context: set once by the page, read by every view.

import { createContext } from 'svelte';
import type { Live } from './live.svelte.ts';

export const [getLive, setLive] = createContext<Live>();
