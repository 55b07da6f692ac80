// The whole mesh at one moment, over one window: what every topic is a pure function of.

import type { History } from '@latchwork/shared/history';
import type { Parts } from '@latchwork/shared/parts';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { MeshAnswers, Reaches } from './answers.ts';
import { type Known, toKnown, withClusterLabels } from './cluster/cluster-labels.ts';
import type { ClusterView } from './cluster/cluster-view.ts';
import { splitPods } from './flows/bare-pods.ts';
import { ownersOfCallees } from './flows/callees.ts';
import { toLatencyBounds } from './latency-bounds.ts';
import type { Outline } from './outline.ts';
import { type Joined, type Picture, toPicture } from './picture.ts';
import type { Elsewhere } from './store/elsewhere.ts';

const BY_EDGE = ['outbound', 'connections', 'open', 'volume', 'outboundLatency'] as const;

export interface MeshFacts {
  /** Of the newest samples. */
  readonly atSeconds: number;
  /** So much later than now were they when asked for; 0 when they are in time. */
  readonly lagSeconds: number;
  readonly windowSeconds: number;
  readonly windowAskedSeconds: number;
  readonly scrapeIntervalSeconds: number | null;
  readonly answers: MeshAnswers;
  readonly parts: Parts;
  readonly diagnoses: readonly Finding[];
  /** Made when asked for: few topics need it. */
  readonly history: () => History;
  /** Which endpoints are pods of other clusters; absent or null where none may be. */
  readonly elsewhere?: Elsewhere | null;
  /** Id of a pod → id of its owner, by what pods say of themselves. */
  readonly podOwners?: ReadonlyMap<string, string>;
  /** Of what the last answers are, where single places are asked about. */
  readonly covered?: Reaches;
  /** Absent or null without Kubernetes, and before it has answered. */
  readonly cluster?: ClusterView | null;
}

/** What is asked of routes, while somebody looks. */
export type RouteAnswers = Pick<
  MeshAnswers,
  'routeRequests' | 'routeBackends' | 'routeRetries' | 'routeLatency' | 'profileResponses' | 'profileLatency'
>;

/** What is asked of the calls of single workloads, while somebody looks at one. */
export type CallAnswers = Pick<MeshAnswers, 'callRequests' | 'callBackends' | 'callRetries' | 'callLatency'>;

/** What is asked of the pods behind single edges, while somebody looks at one. */
export type PairAnswers = Pick<
  MeshAnswers,
  'pairResponses' | 'pairConnections' | 'pairOpen' | 'pairLatency' | 'pods'
>;

/** What is asked of how the responses of single workloads ended, while somebody looks at one. */
export type StatusAnswers = Pick<MeshAnswers, 'responseStatuses'>;

/** What is asked of tables by kind, while somebody looks: with the labels as they came. */
export type StatAnswers = Pick<
  MeshAnswers,
  | 'podResponses'
  | 'podCounts'
  | 'podLatency'
  | 'serviceResponses'
  | 'serviceCounts'
  | 'serviceLatency'
  | 'policyResponses'
  | 'policyDecisions'
  | 'policyLatency'
>;

export interface Mesh extends Omit<MeshFacts, 'answers' | 'podOwners'> {
  /** What is known better than labels say; null where nobody knows anything. */
  readonly names: Known | null;
  readonly routeAnswers: RouteAnswers;
  readonly callAnswers: CallAnswers;
  readonly pairAnswers: PairAnswers;
  readonly statusAnswers: StatusAnswers;
  readonly statAnswers: StatAnswers;
  /** False when some questions have not been answered for the first time yet. */
  readonly isWhole: boolean;
  readonly latencyBoundsMs: readonly number[];
  /** Without probes, scrapes and taps, or with them. Joined once, when first asked for. */
  picture(showNoise: boolean): Picture;
  /** All nodes and edges with the noise. */
  outline(): Outline;
}

export function toMesh({ answers, podOwners = new Map(), ...facts }: MeshFacts): Mesh {
  const { windowSeconds, elsewhere = null, cluster = null } = facts;
  const names = toKnown(cluster, new Map([...ownersOfCallees(answers), ...podOwners]));
  const split = withPodsSplit(answers);
  const known = names ? withNames(split, names) : split;
  let clean: Joined | null = null;
  let all: Joined | null = null;
  const joined = (noise: 'hide' | 'show') => toPicture(known, { noise, windowSeconds, elsewhere }, cluster);
  return {
    ...facts,
    names,
    isWhole: true,
    latencyBoundsMs: toLatencyBounds(answers),
    routeAnswers: answers,
    callAnswers: answers,
    pairAnswers: answers,
    statusAnswers: answers,
    statAnswers: answers,
    picture(showNoise) {
      if (showNoise) {
        all ??= joined('show');
        return all.picture;
      }
      clean ??= joined('hide');
      return clean.picture;
    },
    outline() {
      clean ??= joined('hide');
      return clean.outline;
    },
  };
}

/** Before any pod has another name: rows by pod are parts of those by edge. */
function withPodsSplit(answers: MeshAnswers): MeshAnswers {
  const split = BY_EDGE.map((part) => [part, answers[part] && splitPods(answers[part])] as const);
  return { ...answers, ...Object.fromEntries(split.filter(([, samples]) => samples)) };
}

function withNames(answers: MeshAnswers, names: Known): MeshAnswers {
  return Object.fromEntries(
    Object.entries(answers).map(([part, samples]) => [
      part,
      // Of pods it is the name alone that is asked for.
      part === 'pods' ? samples : samples.map((sample) => withClusterLabels(sample, names)),
    ]),
  );
}
