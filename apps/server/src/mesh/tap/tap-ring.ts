// The newest tapped requests, kept in a list of fixed length, with a count of what is not in it. Knows no stream.

import type { Tap, TappedRequest } from '@latchwork/shared/tap/tap';
import { createRequestJoiner, type OpenRequest } from '../../sources/tap/requests.ts';
import type { TapPart } from '../../sources/tap/tap-part.ts';
import type { TapMatch } from '../../sources/tap/target.ts';
import { fitsTap } from './tap-fit.ts';
import { createTapPairs } from './tap-pairs.ts';
import { toTapped } from './tapped.ts';
import { isNoise } from './top-noise.ts';
import { createTopSides, type TopTarget } from './top-sides.ts';

export interface TapRingOptions {
  readonly target: TopTarget;
  readonly noise: 'hide' | 'show';
  readonly nowMs: () => number;
  readonly match?: TapMatch | undefined;
  readonly maxRequests?: number;
}

export interface TapRing {
  push(part: TapPart): void;
  /** An event that came to nothing, and why. */
  lose(reason: string): void;
  /** Everything that is held; the caller adds what only the stream knows. */
  snapshot(): {
    readonly requests: TappedRequest[];
    readonly counters: Omit<Tap['counters'], 'limitRps' | 'aboutRps'>;
  };
}

interface Held {
  readonly key: string;
  readonly request: OpenRequest;
}

const MAX_REQUESTS = 200;

export function createTapRing({
  target,
  noise,
  nowMs,
  match = {},
  maxRequests = MAX_REQUESTS,
}: TapRingOptions): TapRing {
  // The oldest first.
  const held: Held[] = [];
  const shown = new WeakSet<OpenRequest>();
  const givenUp = new WeakSet<OpenRequest>();
  const lost = new Map<string, number>();
  const counts = { received: 0, requests: 0, expired: 0, hidden: 0, bothSides: 0, dropped: 0 };
  // As in the top: of a call between two tapped pods the caller's side counts, and the target's only adds to it.
  const sides = createTopSides(target, nowMs);
  const pairs = createTapPairs(nowMs);
  const other = new WeakMap<OpenRequest, OpenRequest>();

  function lose(reason: string): void {
    lost.set(reason, (lost.get(reason) ?? 0) + 1);
  }

  function open(request: OpenRequest): void {
    const isCounted = sides.counts(request);
    const twin = pairs.match(request);
    if (twin) {
      other.set(request, twin);
      other.set(twin, request);
    }
    if (!fitsTap(request, match)) return;
    if (noise === 'hide' && isNoise(request)) {
      counts.hidden++;
      return;
    }
    if (!isCounted || (twin && shown.has(twin))) {
      counts.bothSides++;
      return;
    }
    counts.requests++;
    shown.add(request);
    // Short, because it stands in addresses; with the time, so that it names no other request after a restart.
    held.push({ key: `${nowMs().toString(36)}-${counts.requests.toString(36)}`, request });
    if (held.length <= maxRequests) return;
    held.shift();
    counts.dropped++;
  }

  const joiner = createRequestJoiner({
    nowMs,
    onRequest(request, stage) {
      if (stage === 'opened') open(request);
    },
    onExpired(request) {
      if (!shown.has(request)) return;
      givenUp.add(request);
      counts.expired++;
    },
    onOrphan: () => lose('answer to a request that was not seen'),
  });

  return {
    push(part) {
      counts.received++;
      joiner.push(part);
    },
    lose(reason) {
      counts.received++;
      lose(reason);
    },
    snapshot() {
      joiner.expire();
      return {
        requests: held
          .map(({ key, request }) => toTapped(request, key, givenUp.has(request), other.get(request) ?? null))
          .reverse(),
        counters: { ...counts, lost: [...lost].map(([reason, count]) => ({ reason, count })) },
      };
    },
  };
}
