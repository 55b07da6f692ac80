// The end of the process: on a signal, or with whoever started it. Sockets, feeds and taps end with the app.

/** Whatever hangs is not waited for. */
const CLOSE_WITHIN_MS = 1_500;
const PARENT_EVERY_MS = 1_000;

export function endOnSignals(app: { close(): PromiseLike<unknown> }, exitWithParent: boolean): void {
  let ending = false;
  function end(): void {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  }
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // A parent with a channel closes it by ending, however it ends.
  if (process.channel) process.on('disconnect', end);
  if (exitWithParent) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) end();
    }, PARENT_EVERY_MS).unref();
  }
}
