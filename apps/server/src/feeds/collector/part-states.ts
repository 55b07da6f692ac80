// How each question of a collector stands: fresh, stale since, or failed, and why.

import type { Parts, Part as PartValue } from '@latchwork/shared/parts';
import { SourceError } from '../../sources/source-error.ts';

export class PartStates {
  readonly #states = new Map<string, PartValue>();
  readonly #answered = new Set<string>();

  fresh(part: string, nowMs: number): void {
    this.#answered.add(part);
    this.#set(part, 'fresh', nowMs, null);
  }

  /** Stale when it was answered once: the last good value stays. */
  failed(part: string, nowMs: number, error: unknown): void {
    this.#set(part, this.#answered.has(part) ? 'stale' : 'failed', nowMs, inWords(error));
  }

  /** No longer asked. */
  forget(part: string): void {
    this.#states.delete(part);
    this.#answered.delete(part);
  }

  #set(part: string, state: PartValue['state'], nowMs: number, message: string | null): void {
    const known = this.#states.get(part);
    const since = known?.state === state ? known.since : new Date(nowMs).toISOString();
    this.#states.set(part, { state, since, message });
  }

  toParts(): Parts {
    return Object.fromEntries([...this.#states].map(([part, state]) => [part, { ...state }]));
  }
}

export function inWords(error: unknown): string {
  if (error instanceof SourceError) return error.remedy ? `${error.message}; ${error.remedy}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
