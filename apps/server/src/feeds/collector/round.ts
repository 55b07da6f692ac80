// One round of questions: what it is asked with, and what comes of it.

import type { Mesh } from '../../mesh/mesh.ts';
import type { Wants } from '../wants.ts';

export interface RoundAsk {
  /** Unix seconds. */
  readonly moment: number;
  /** Of each one who looks. */
  readonly wants: readonly Wants[];
  /** The last round failed: one question first, the others only when it was answered. */
  readonly careful: boolean;
  readonly signal: AbortSignal;
  /** Nothing but what is wanted and was never asked: of the moment of the last round. */
  readonly onlyOwed?: boolean;
  /** Called once at most, before anything else was known. */
  readonly onTraffic?: (mesh: Mesh) => void;
}

export interface Round {
  readonly mesh: Mesh;
  readonly isComplete: boolean;
}
