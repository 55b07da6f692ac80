// A remedy: what is known, what can be behind it, how to tell, and what to do. It never claims a cause that metrics alone cannot see.

/** One thing that can be behind what was measured: how to tell that it is this one, and what to do then. */
export interface Cause {
  what: string;
  tell: string;
  fix: string;
  /** A command that helps to tell or to fix, ready to be copied. */
  command: string | null;
}

/** `reported` is the proxy's own word for it; `share` is the part of the edge's base it covers, null when it has none. */
export interface Remedy {
  title: string;
  text: string;
  causes: readonly Cause[];
  reported: string | null;
  share: number | null;
}
