// The objects of one kind by name, and what all kinds together may weigh: whoever may create objects may not fill this server.

import { kubernetesError } from '../api/kubernetes-error.ts';

/** Of all kinds together, as text: in memory they weigh about twice as much. */
const MOST_BYTES = 64 << 20;

/** The share of one list and its watch. */
export interface Holding {
  /** A list that is being read takes the place of what is held now. Throws when it does not fit beside the others. */
  check(bytes: number): void;
  /** From now on; 0 gives all of it back. */
  hold(bytes: number): void;
}

export interface KeepBudget {
  /** `what`: the kind, for people. */
  open(what: string): Holding;
}

export function createKeepBudget(mostBytes: number = MOST_BYTES): KeepBudget {
  let all = 0;
  return {
    open(what) {
      let held = 0;
      return {
        check(bytes) {
          if (all - held + bytes > mostBytes)
            throw kubernetesError('too-much', `there are more ${what} than this server has room for`, {
              remedy:
                'the rest of the page works without them; an identity that sees fewer namespaces has fewer',
            });
        },
        hold(bytes) {
          all += bytes - held;
          held = bytes;
        },
      };
    },
  };
}

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
