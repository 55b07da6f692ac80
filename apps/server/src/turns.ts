// Much work in pieces: what a hundred readers cost holds up nobody else in between.

/** Of the event loop, between two pieces: whatever came meanwhile is looked at before the next, also what came of that. */
const TURNS_FOR_OTHERS = 4;

/** To be awaited before each piece. */
export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => forOthers());
    return last;
  };
}

/** Resolves when the event loop has turned so many times. */
export async function forOthers(turns = TURNS_FOR_OTHERS): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => void setImmediate(resolve));
}
