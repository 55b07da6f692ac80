// Remembers which requests a list shows while somebody reads it: nothing moves, and what is gone from the server stays.

import type { TappedRequest } from '@latchwork/shared/tap/tap';

export interface TapKeeping {
  /** The newest first. */
  requests: readonly TappedRequest[];
  /** Somebody reads; so it is, too, while one of the shown requests is `open`. */
  held: boolean;
  /** The key of a request. */
  open: string | null;
  /** What the reader asked for; something else shows the newest at once. */
  asked: string;
}

export interface KeptRequests {
  shown: readonly TappedRequest[];
  /** Newer ones that wait until nobody reads. */
  waiting: number;
}

export class TapKeeper {
  #shown: readonly TappedRequest[] = [];
  #asked: string | undefined;

  keep({ requests, held, open, asked }: TapKeeping): KeptRequests {
    const isHeld = held || (open !== null && this.#shown.some(({ key }) => key === open));
    if (!isHeld || asked !== this.#asked || this.#shown.length === 0) {
      this.#asked = asked;
      this.#shown = requests;
      return { shown: requests, waiting: 0 };
    }
    const newest = new Map(requests.map((request) => [request.key, request]));
    this.#shown = this.#shown.map((request) => newest.get(request.key) ?? request);
    const known = new Set(this.#shown.map(({ key }) => key));
    return { shown: this.#shown, waiting: requests.filter(({ key }) => !known.has(key)).length };
  }
}
