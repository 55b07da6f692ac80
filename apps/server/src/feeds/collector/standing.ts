// How one question stands: fresh, stale since, or failed, and why.

import type { Part as PartValue } from '@latchwork/shared/parts';
import { SourceError } from '../../sources/source-error.ts';

export class Standing {
  #value: PartValue | null = null;
  #isAnswered = false;

  /** Null: it was never asked, or is no longer. */
  get value(): PartValue | null {
    return this.#value;
  }

  fresh(nowMs: number): void {
    this.#isAnswered = true;
    this.#set('fresh', nowMs, null);
  }

  /** Stale when it was answered once: the last good value stays. */
  failed(nowMs: number, error: unknown): void {
    this.#set(this.#isAnswered ? 'stale' : 'failed', nowMs, inWords(error));
  }

  forget(): void {
    this.#value = null;
    this.#isAnswered = false;
  }

  #set(state: PartValue['state'], nowMs: number, message: string | null): void {
    const since = this.#value?.state === state ? this.#value.since : new Date(nowMs).toISOString();
    this.#value = { state, since, message };
  }
}

export function inWords(error: unknown): string {
  if (error instanceof SourceError) return error.remedy ? `${error.message}; ${error.remedy}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
