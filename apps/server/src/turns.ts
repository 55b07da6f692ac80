// Much work in pieces, one for each turn of the event loop: what a hundred readers cost holds up nobody else in between.

export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => void setImmediate(resolve)));
    return last;
  };
}
