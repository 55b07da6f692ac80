// Who draws next: people before links, and a queue that has an end. Knows no thread.

import type { SpanUser } from '../feeds/span-leases.ts';
import { TooBusy } from '../feeds/too-busy.ts';

export interface DrawQueue<Job> {
  /** Throws a TooBusy. */
  push(job: Job, user: SpanUser): void;
  next(): Job | null;
}

const MOST = 24;
const MOST_OF_LINKS = 12;
const MOST_OF_ONE = 6;
const AGAIN_SECONDS = 10;
const WHAT = 'too many pictures are being drawn';

export function createDrawQueue<Job>(): DrawQueue<Job> {
  const people: { readonly job: Job; readonly id: string }[] = [];
  const links: typeof people = [];
  return {
    push(job, { id, isLink }) {
      const all = [...people, ...links];
      const isFull = all.length >= MOST || (isLink && links.length >= MOST_OF_LINKS);
      if (isFull || all.filter((each) => each.id === id).length >= MOST_OF_ONE)
        throw new TooBusy(AGAIN_SECONDS, WHAT);
      (isLink ? links : people).push({ job, id });
    },
    next: () => (people.shift() ?? links.shift())?.job ?? null,
  };
}
