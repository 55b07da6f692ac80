// The objects of one kind by name, and what they weigh.

interface Kept<T> {
  readonly object: T;
  readonly bytes: number;
  /** `metadata.resourceVersion`; empty where the API server says none. */
  readonly version: string;
}

/** Bytes in memory for a character as JSON: measured on pods, of which each field is a property and each text a string of its own. */
const BYTES_A_CHARACTER = 2;
/** What is made of each, however small: a row, what is found about it, its part of every answer. */
const BYTES_AN_OBJECT = 1_000;

export class KeptObjects<T> {
  readonly #objects = new Map<string, Kept<T>>();
  #bytes = 0;
  #ownBytes = 0;

  /** Of all of them, in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#objects.size;
  }

  /** Of those that were not there before. */
  get ownBytes(): number {
    return this.#ownBytes;
  }

  set(key: string, object: T, version = ''): void {
    this.delete(key);
    const bytes = BYTES_AN_OBJECT + JSON.stringify(object).length * BYTES_A_CHARACTER;
    this.#objects.set(key, { object, bytes, version });
    this.#bytes += bytes;
    this.#ownBytes += bytes;
  }

  /** Takes over what has not changed since: a list that is read anew is not there twice. False: it has, or is not there. */
  takeOver(key: string, version: string, before: KeptObjects<T>): boolean {
    const kept = before.#objects.get(key);
    if (version === '' || kept?.version !== version || this.#objects.has(key)) return false;
    this.#objects.set(key, kept);
    this.#bytes += kept.bytes;
    return true;
  }

  delete(key: string): void {
    const bytes = this.#objects.get(key)?.bytes ?? 0;
    this.#bytes -= bytes;
    this.#ownBytes -= bytes;
    this.#objects.delete(key);
  }

  clear(): void {
    this.#objects.clear();
    this.#bytes = 0;
    this.#ownBytes = 0;
  }

  values(): T[] {
    return [...this.#objects.values()].map(({ object }) => object);
  }
}
