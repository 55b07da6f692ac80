// What is read of Kubernetes for one reader, once: an object of policy, and the events of one workload. Bounded, and never watched.

import {
  type ClusterObject,
  type NotTold,
  type ObjectRef,
  objectParams,
  type WorkloadEvent,
  type WorkloadEvents,
} from '@latchwork/shared/asked/asked-objects';
import { createInFlight } from '../../in-flight.ts';
import type { ClusterView } from '../../mesh/cluster/cluster-view.ts';
import { involvedOf, policiesOf } from '../../mesh/cluster/involved.ts';
import { eventsRule, type Involved, type KeptEvent } from '../../sources/kubernetes/asked/asked-events.ts';
import { type AskedObject, objectRule } from '../../sources/kubernetes/asked/asked-object.ts';
import type { AccessRule } from '../../sources/kubernetes/rights/missing-rule.ts';
import type { Told, Untold } from '../../sources/told.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import { noKubernetes } from '../cluster-topic.ts';

/** What is needed of the cluster. */
export interface AskableCluster {
  readAskedObject(params: ObjectRef, signal?: AbortSignal): Promise<Told<AskedObject>>;
  /** Rate limits that are about it; none where they may not be listed. */
  readLimitsOf(params: ObjectRef, signal?: AbortSignal): Promise<ObjectRef[]>;
  readEvents(involved: Involved, signal?: AbortSignal): Promise<Told<KeptEvent[]>>;
  /** The manifest that grants the rule. */
  grantOf(rule: AccessRule, signal?: AbortSignal): Promise<string>;
}

export interface AskedCluster {
  object(params: ObjectRef, signal?: AbortSignal): Promise<ClusterObject>;
  /** Of the workload `id`. */
  events(id: string, signal?: AbortSignal): Promise<WorkloadEvents>;
}

export interface AskedClusterOptions {
  readonly cluster: AskableCluster | null;
  readonly feed: ClusterFeed | null;
}

/** Objects of one workload that are asked about: itself, its newest ReplicaSets, its pods, those in trouble first. */
const MOST_ASKED = 12;
const MOST_EVENTS = 60;
const AT_ONCE = 4;

export function createAskedCluster({ cluster, feed }: AskedClusterOptions): AskedCluster {
  const inFlight = createInFlight(AT_ONCE);

  function needed(): AskableCluster {
    if (cluster === null) throw noKubernetes();
    return cluster;
  }

  async function viewNow(): Promise<ClusterView | null> {
    if (feed === null) return null;
    const stop = feed.watch(() => undefined);
    try {
      await feed.settled();
      return feed.current();
    } finally {
      stop();
    }
  }

  async function notTold(
    asked: AskableCluster,
    { why, remedy, right }: Untold,
    rule: AccessRule,
    signal?: AbortSignal,
  ): Promise<NotTold> {
    return { why, remedy, right, manifest: right === null ? null : await asked.grantOf(rule, signal) };
  }

  return {
    async object(params, signal) {
      const asked = needed();
      const told = await inFlight.run(() => asked.readAskedObject(params, signal), signal);
      if (told.state === 'absent') return { text: null, related: [], untold: null };
      if (told.state === 'untold') {
        const untold = await notTold(asked, told, objectRule(params), signal);
        return { text: null, related: [], untold };
      }
      const { text, names } = told.value;
      const [view, limits] = await Promise.all([viewNow(), asked.readLimitsOf(params, signal)]);
      return {
        text,
        related: eachOnce([...names, ...(view ? policiesOf(view, params) : []), ...limits]),
        untold: null,
      };
    },

    async events(id, signal) {
      const asked = needed();
      const view = await viewNow();
      const all = involvedOf(view, id);
      const some = all.slice(0, MOST_ASKED);
      const answers = await Promise.all(
        some.map((one) => inFlight.run(() => asked.readEvents(one, signal), signal)),
      );
      const untold = answers.find((told) => told.state === 'untold');
      const events = some
        .flatMap((one, i) => {
          const told = answers[i];
          return told?.state === 'known' ? told.value.map((event) => toEvent(one, event)) : [];
        })
        .sort((a, b) => ((a.lastAt ?? '') > (b.lastAt ?? '') ? -1 : 1));
      const [namespace = ''] = id.split('/');
      return {
        events: events.slice(0, MOST_EVENTS),
        more: Math.max(0, events.length - MOST_EVENTS),
        asked: some.length,
        all: all.length,
        untold: untold ? await notTold(asked, untold, eventsRule(namespace), signal) : null,
      };
    },
  };
}

/** A policy may want one authentication twice, and name what names it. */
function eachOnce(refs: readonly ObjectRef[]): ObjectRef[] {
  return [...new Map(refs.map((ref) => [JSON.stringify(objectParams(ref)), ref])).values()];
}

function toEvent({ kind, name }: Involved, event: KeptEvent): WorkloadEvent {
  return { about: `${kind}/${name}`, ...event };
}
