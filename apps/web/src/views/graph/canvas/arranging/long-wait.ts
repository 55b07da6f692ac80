/** When no graph has come after so long, what large ones need is asked for: a server that has just sent one is busy. */
export const LONG_WAIT_MS = 1_500;
