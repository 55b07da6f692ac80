// Two views of one call: both proxies tell of it, and share no id. Found by ends, request and time; knows no list.

import type { OpenRequest } from '../../sources/tap/requests.ts';
import { podOf } from './top-peer.ts';

/** Streams of different pods arrive apart by less. */
const APART_MS = 5_000;
/** Of each kind: a flood must not make this the largest thing. */
const MOST_WAITING = 500;

export interface TapPairs {
  /** The other proxy's view of the same call, when it is known: each view is half of one pair at most. */
  match(request: OpenRequest): OpenRequest | null;
}

interface Waiting {
  readonly request: OpenRequest;
  readonly atMs: number;
}

export function createTapPairs(nowMs: () => number): TapPairs {
  const waiting = new Map<string, Waiting[]>();
  let count = 0;

  function forget(beforeMs: number): void {
    for (const [key, all] of waiting) {
      const kept = all.filter(({ atMs }) => atMs >= beforeMs);
      count -= all.length - kept.length;
      if (kept.length === 0) waiting.delete(key);
      else if (kept.length < all.length) waiting.set(key, kept);
    }
  }

  return {
    match(request) {
      const call = callOf(request);
      if (call === null) return null;
      const other = `${request.direction === 'outbound' ? 'inbound' : 'outbound'} ${call}`;
      const found = waiting.get(other)?.find(({ atMs }) => nowMs() - atMs <= APART_MS);
      if (found) {
        const rest = (waiting.get(other) ?? []).filter((one) => one !== found);
        count--;
        if (rest.length === 0) waiting.delete(other);
        else waiting.set(other, rest);
        return found.request;
      }
      if (count >= MOST_WAITING) forget(nowMs() - APART_MS);
      if (count >= MOST_WAITING) return null;
      const key = `${request.direction} ${call}`;
      waiting.set(key, [...(waiting.get(key) ?? []), { request, atMs: nowMs() }]);
      count++;
      return null;
    },
  };
}

/** Null for a call whose ends are not both pods: nobody else tells of it. */
function callOf({ source, destination, method, authority, path }: OpenRequest): string | null {
  const [from, to] = [podOf(source), podOf(destination)];
  return from && to ? [from, to, method, authority, path].join(' ') : null;
}
