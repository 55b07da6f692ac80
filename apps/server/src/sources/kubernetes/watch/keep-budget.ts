// What the objects of all kinds together may weigh: whoever may create objects may not fill this server.

import { kubernetesError } from '../api/kubernetes-error.ts';

/** Of all kinds together, as text: in memory they weigh about twice as much, and while a list is read anew it is there twice. */
const MOST_BYTES = 32 << 20;

/** The share of one list and its watch. */
export interface Holding {
  /**
   * For so much there has to be room, from now until the next `hold`: a list that is being read takes the place of what is
   * held, and counts for the others while it grows. Throws when it does not fit beside them, and takes nothing then.
   */
  take(bytes: number): void;
  /** From now on, and nothing is being read; 0 gives all of it back. */
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
      let taken = 0;
      function count(bytes: number): void {
        all += bytes - taken;
        taken = bytes;
      }
      return {
        take(bytes) {
          const needed = Math.max(held, bytes);
          if (all - taken + needed > mostBytes)
            throw kubernetesError('too-much', `there are more ${what} than this server has room for`, {
              remedy:
                'the rest of the page works without them; an identity that sees fewer namespaces has fewer',
            });
          count(needed);
        },
        hold(bytes) {
          held = bytes;
          count(bytes);
        },
      };
    },
  };
}
