// The inventory as a topic: whole or of some namespaces, sent again when Kubernetes says something new.

import type { Inventory } from '@latchwork/shared/inventory';
import type { InventoryParams } from '@latchwork/shared/live/live';
import { SourceError } from '../sources/source-error.ts';
import { within } from '../within.ts';
import type { Answer } from './answer.ts';
import type { ClusterFeed } from './cluster-feed.ts';

export const NO_KUBERNETES = {
  message: 'this server is not connected to Kubernetes',
  remedy: 'start it with --kubeconfig FILE or --context NAME, or in a cluster',
};

export interface InventoryTopicOptions {
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

export function createInventoryTopic({
  cluster,
  learnNamespaces = async () => undefined,
  answerWithinMs = ANSWER_WITHIN_MS,
  everyMs = EVERY_MS,
}: InventoryTopicOptions): (params: InventoryParams) => Answer<Inventory> {
  return ({ namespace = [] }) => {
    const named = new Set(namespace);

    function current(): Inventory | null {
      const inventory = cluster?.current()?.inventory ?? null;
      return inventory && named.size > 0 ? ofNamespaces(inventory, named) : inventory;
    }

    /** Nobody has to look at numbers first. */
    async function lookElsewhere(inventory: Inventory): Promise<Inventory> {
      if (inventory.parts['pods']?.state !== 'denied') return inventory;
      await learnNamespaces().catch(() => undefined);
      return current() ?? inventory;
    }

    return {
      key: JSON.stringify([...named].sort()),
      start(sink) {
        if (cluster === null) {
          sink.trouble(noKubernetes());
          return () => undefined;
        }
        let timer: NodeJS.Timeout | undefined;
        let sent = false;
        function send(): void {
          timer = undefined;
          const inventory = current();
          if (inventory === null) return;
          if (!sent) void lookElsewhere(inventory);
          sent = true;
          sink.data(inventory);
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
        const { promise, resolve } = Promise.withResolvers<Inventory>();
        const attempt = () => {
          const inventory = current();
          if (inventory) resolve(inventory);
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
  };
}

function ofNamespaces(inventory: Inventory, named: ReadonlySet<string>): Inventory {
  return {
    ...inventory,
    namespaces: inventory.namespaces.filter(({ name }) => named.has(name)),
    workloads: inventory.workloads.filter(({ namespace }) => named.has(namespace)),
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
