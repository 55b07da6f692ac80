// What the objects of all kinds together may weigh: whoever may create objects may not fill this server.

import { heapShareBytes } from '../../../heap-share.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';

const SHARE_OF_HEAP = 1 / 16;

/** The share of one list and its watch. */
export interface Holding {
  /**
   * For so much there has to be room beside what is held, from now until the next `hold`: a list that is being read takes its
   * place only once it is whole. Throws when it does not fit, and takes nothing then.
   */
  take(bytes: number): void;
  /** From now on, and nothing is being read; 0 gives all of it back. */
  hold(bytes: number): void;
}

export interface KeepBudget {
  /** `what`: the kind, for people. */
  open(what: string): Holding;
}

export function createKeepBudget(mostBytes: number = heapShareBytes(SHARE_OF_HEAP)): KeepBudget {
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
          const needed = held + bytes;
          if (all - taken + needed > mostBytes)
            throw kubernetesError('too-much', `there are more ${what} than this server has room for`, {
              remedy:
                'the rest of the page works without them; give the server more memory, or an identity that sees fewer namespaces',
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
