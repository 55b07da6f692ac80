// The objects of one kind by name, and what they weigh.

export class KeptObjects<T> {
  readonly #objects = new Map<string, { readonly object: T; readonly bytes: number }>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  set(key: string, object: T): void {
    this.delete(key);
    const bytes = JSON.stringify(object).length;
    this.#objects.set(key, { object, bytes });
    this.#bytes += bytes;
  }

  delete(key: string): void {
    this.#bytes -= this.#objects.get(key)?.bytes ?? 0;
    this.#objects.delete(key);
  }

  clear(): void {
    this.#objects.clear();
    this.#bytes = 0;
  }

  values(): T[] {
    return [...this.#objects.values()].map(({ object }) => object);
  }
}
