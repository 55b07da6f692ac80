// How well the cluster is known, in the words of every other part: fresh, stale since, or failed and which right is missing.

import type { Part, Parts } from '@latchwork/shared/parts';
import { rulesPhrase } from '../../sources/kubernetes/rights/missing-rule.ts';
import type { KindPart, KubernetesState } from '../../sources/kubernetes/watch/state.ts';

/** A kind of object is a part of its own, so that it cannot be taken for a question to Prometheus. */
const PREFIX = 'kubernetes:';

export function toClusterParts(parts: KubernetesState['parts']): Parts {
  return Object.fromEntries(Object.entries(parts).map(([kind, part]) => [`${PREFIX}${kind}`, toPart(part)]));
}

/** Before anything is known of any kind. */
export function waitingParts(since: string): Parts {
  return {
    [`${PREFIX}all`]: {
      state: 'failed',
      since,
      message: 'the API server has not answered yet: pods, idle workloads and causes come when it does',
    },
  };
}

function toPart({ state, since, message, remedy, missing }: KindPart): Part {
  const words = [message, remedy].filter(Boolean).join('; ') || null;
  switch (state) {
    case 'fresh':
      return { state: 'fresh', since, message: words };
    // The cluster does not have the kind: there is nothing that could be missing.
    case 'absent':
      return { state: 'fresh', since, message: null };
    case 'stale':
      return { state: 'stale', since, message: words };
    case 'waiting':
      return { state: 'failed', since, message: words ?? 'the API server has not answered yet' };
    case 'failed':
      return { state: 'failed', since, message: words };
    case 'denied':
      return { state: 'failed', since, message: words, missingRight: rulesPhrase(missing ?? []) };
  }
}
