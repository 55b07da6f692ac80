// What is known of a store besides its numbers: what it holds, under which labels, and what it refused to say.

import type { CalledServices } from './elsewhere.ts';
import type { StoredFamilies } from './stored-families.ts';
import type { StoredLabels } from './stored-labels.ts';

export interface Survey {
  /** What a collector has put before the names of families; empty where it did not. */
  readonly prefix: string;
  /** Null until it was asked, and where the store refused to say: then nothing is claimed from it (truth rule 20). */
  readonly families: StoredFamilies | null;
  readonly labels: StoredLabels | null;
  readonly copies: Copies | null;
  /** Null until it was asked, and where the store refused to say. */
  readonly called: CalledServices | null;
  /** Set where the store holds several and no matcher chooses one. */
  readonly clusters: SeveralClusters | null;
  /** The store knows no pod of the cluster that Kubernetes speaks of. */
  readonly isForeign: boolean;
  /** The store's own words. */
  readonly refused: string | null;
}

/** Every proxy is stored more than once: by replicas of a Prometheus, or by several scrapes. */
export interface Copies {
  readonly label: string;
  readonly values: readonly string[];
  /** The values that together hold every proxy once; null where there is no such choice. */
  readonly chosen: readonly string[] | null;
}

export interface SeveralClusters {
  readonly labels: readonly string[];
  readonly values: readonly string[];
  readonly shown: string;
}

export const UNKNOWN_STORE: Survey = {
  prefix: '',
  families: null,
  labels: null,
  copies: null,
  called: null,
  clusters: null,
  isForeign: false,
  refused: null,
};
