// How many different windows and moments are looked at, in all and by each who asks: every one is a collection of its own.

import type { Stop } from './feed.ts';
import type { Span } from './scope.ts';
import { TooBusy } from './too-busy.ts';

export interface SpanUser {
  /** As limits call them. */
  readonly id: string;
  /** Links leave room for people. */
  readonly isLink: boolean;
}

export interface SpanLeases {
  /** Until it is stopped. Throws a TooBusy when there are too many others. */
  take(user: SpanUser, span: Span): Stop;
}

export interface SpanLeaseLimits {
  readonly most: number;
  readonly mostOfLinks: number;
  readonly mostOfOne: number;
  readonly mostOfOneLink: number;
}

/** A collection of a large mesh takes about 10 MB: all of them fit the memory that the chart gives. */
const LIMITS: SpanLeaseLimits = { most: 24, mostOfLinks: 6, mostOfOne: 12, mostOfOneLink: 4 };
const AGAIN_SECONDS = 15;

interface Held {
  /** How often by each. */
  readonly users: Map<string, number>;
  people: number;
}

export function createSpanLeases(limits: SpanLeaseLimits = LIMITS): SpanLeases {
  const spans = new Map<string, Held>();

  function check(key: string, { id, isLink }: SpanUser): void {
    const held = spans.get(key);
    if (held?.users.has(id)) return;
    const all = [...spans.values()];
    const own = all.filter(({ users }) => users.has(id)).length;
    if (own >= (isLink ? limits.mostOfOneLink : limits.mostOfOne)) throw new TooBusy(AGAIN_SECONDS);
    if (held) return;
    const ofLinks = all.filter(({ people }) => people === 0).length;
    if (spans.size >= limits.most || (isLink && ofLinks >= limits.mostOfLinks))
      throw new TooBusy(AGAIN_SECONDS);
  }

  return {
    take(user, { windowSeconds, atSeconds, cluster = null }) {
      const key = JSON.stringify([windowSeconds, atSeconds, cluster]);
      check(key, user);
      const held = spans.get(key) ?? { users: new Map(), people: 0 };
      spans.set(key, held);
      held.users.set(user.id, (held.users.get(user.id) ?? 0) + 1);
      if (!user.isLink) held.people++;
      let isGiven = false;
      return () => {
        if (isGiven) return;
        isGiven = true;
        if (!user.isLink) held.people--;
        const left = (held.users.get(user.id) ?? 1) - 1;
        if (left > 0) held.users.set(user.id, left);
        else held.users.delete(user.id);
        if (held.users.size === 0) spans.delete(key);
      };
    },
  };
}
