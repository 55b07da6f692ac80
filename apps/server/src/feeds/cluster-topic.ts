// What Kubernetes says as a topic, sent again when it says something new. What is made of its state is a pure function.

import type { InventoryPart } from '@latchwork/shared/inventory';
import type { ClusterView } from '../mesh/cluster/cluster-view.ts';
import { SourceError } from '../sources/source-error.ts';
import { within } from '../within.ts';
import type { Answer } from './answer.ts';
import type { ClusterFeed } from './cluster-feed.ts';

export const NO_KUBERNETES = {
  message: 'this server is not connected to Kubernetes',
  remedy: 'start it with --kubeconfig FILE or --context NAME, or in a cluster',
};

export interface ClusterTopicOptions {
  /** Null: there is no Kubernetes here. */
  readonly cluster: ClusterFeed | null;
  /** Learns from the store which namespaces there are, where Kubernetes may not be asked. */
  readonly learnNamespaces?: () => Promise<void>;
  /** A reader without a value after this gets an error instead. */
  readonly answerWithinMs?: number;
  /** A cluster in motion says something new all the time: so often it is passed on. */
  readonly everyMs?: number;
}

const ANSWER_WITHIN_MS = 15_000;
const EVERY_MS = 2_000;
const LOOK_WITHIN_MS = 10_000;

type Told = { readonly parts: Readonly<Record<string, InventoryPart>> };

export function clusterAnswer<T extends Told>(
  {
    cluster,
    learnNamespaces = async () => undefined,
    answerWithinMs = ANSWER_WITHIN_MS,
    everyMs = EVERY_MS,
  }: ClusterTopicOptions,
  key: string,
  toValue: (view: ClusterView) => T,
): Answer<T> {
  function current(): T | null {
    const view = cluster?.current() ?? null;
    return view && toValue(view);
  }

  /** Nobody has to look at numbers first. */
  async function lookElsewhere(value: T): Promise<T> {
    if (value.parts['pods']?.state !== 'denied') return value;
    await learnNamespaces().catch(() => undefined);
    return current() ?? value;
  }

  return {
    key,
    start(sink) {
      if (cluster === null) {
        sink.trouble(noKubernetes());
        return () => undefined;
      }
      let timer: NodeJS.Timeout | undefined;
      let sent = false;
      function send(): void {
        timer = undefined;
        const value = current();
        if (value === null) return;
        if (!sent) void lookElsewhere(value);
        sent = true;
        sink.data(value);
      }
      const stop = cluster.watch(() => {
        timer ??= setTimeout(send, sent ? everyMs : 0);
      });
      send();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
    async read() {
      if (cluster === null) throw noKubernetes();
      const { promise, resolve } = Promise.withResolvers<T>();
      const attempt = () => {
        const value = current();
        if (value) resolve(value);
      };
      const stop = cluster.watch(attempt);
      attempt();
      try {
        const found = await within(promise, answerWithinMs, () => Promise.reject(tooLate(answerWithinMs)));
        return await within(lookElsewhere(found), LOOK_WITHIN_MS, () => found);
      } finally {
        stop();
      }
    },
  };
}

export function noKubernetes(): SourceError {
  return new SourceError({ source: 'kubernetes', kind: 'unreachable', ...NO_KUBERNETES });
}

function tooLate(withinMs: number): SourceError {
  return new SourceError({
    source: 'kubernetes',
    kind: 'timed-out',
    message: `the API server has not said what there is within ${withinMs / 1000} s`,
    remedy: 'ask again later; the parts of /api/graph say how each kind of object stands',
  });
}
