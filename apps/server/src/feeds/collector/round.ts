// One round of questions: what it is asked with, what is known before its questions, and what comes of it.

import type { ClusterView } from '../../mesh/cluster/cluster-view.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Elsewhere } from '../../mesh/store/elsewhere.ts';
import type { StoreFacts } from '../../mesh/store-facts.ts';
import type { Wants } from '../wants.ts';
import type { RoundScope } from './part.ts';
import type { UsedWindow } from './usable-window.ts';

export interface RoundAsk {
  /** Unix seconds. */
  readonly moment: number;
  /** Of each one who looks. */
  readonly wants: readonly Wants[];
  /** The last round failed: one question first, the others only when it was answered. */
  readonly careful: boolean;
  readonly signal: AbortSignal;
  /** Called once at most, before anything else was known. */
  readonly onTraffic?: (mesh: Mesh) => void;
}

export interface Round {
  readonly mesh: Mesh;
  readonly isComplete: boolean;
}

/** Of one round, before its questions. */
export interface RoundFacts {
  /** Unix seconds. */
  readonly moment: number;
  readonly lagSeconds: number;
  readonly facts: StoreFacts;
  readonly span: UsedWindow;
  readonly view: ClusterView | null;
  /** Which calls may go to another cluster; null where none do. */
  readonly elsewhere: Elsewhere | null;
  readonly scope: RoundScope;
  readonly warnings: Set<string>;
}
