// What Prometheus answered to one round of questions, by part; a part that never answered is missing.

import type { Reach } from '../sources/prometheus/questions/ask-scope.ts';
import type { Sample } from '../sources/prometheus/sample.ts';

export type PartName =
  | 'unreached'
  | 'refused'
  | 'admitted'
  | 'inbound'
  | 'outbound'
  | 'connections'
  | 'inboundLatency'
  | 'noiseLatency'
  | 'outboundLatency'
  | 'open'
  | 'volume'
  | 'routeRequests'
  | 'routeBackends'
  | 'routeRetries'
  | 'routeLatency'
  | 'profileResponses'
  | 'profileLatency'
  | 'callRequests'
  | 'callBackends'
  | 'callRetries'
  | 'callLatency'
  | 'pairResponses'
  | 'pairConnections'
  | 'pairOpen'
  | 'pairLatency'
  | 'responseStatuses'
  | 'podResponses'
  | 'podCounts'
  | 'podLatency'
  | 'serviceResponses'
  | 'serviceCounts'
  | 'serviceLatency'
  | 'policyResponses'
  | 'policyDecisions'
  | 'policyLatency';

export type MeshAnswers = { readonly [P in PartName]?: readonly Sample[] } & {
  /** Pods that had series in the window: asked where some of those that are called may be elsewhere. */
  readonly pods?: readonly Sample[];
};

/** Of what each part is asked now. */
export type Reaches = { readonly [P in PartName]?: Reach };

/** Scrapes themselves arrive: a mesh of which nothing does is one whose inbound series are not stored. */
export function isInboundStored({ inbound, refused, admitted, outbound }: MeshAnswers): boolean {
  return [inbound, refused, admitted].some((rows) => rows?.length !== 0) || outbound?.length === 0;
}
