// A promise with an end: its value in time, or what `late` says.

export async function within<T>(
  promise: Promise<T>,
  withinMs: number,
  late: () => T | Promise<T>,
): Promise<T> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, withinMs);
  try {
    return await Promise.race([promise, over.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
