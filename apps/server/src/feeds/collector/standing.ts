// How one question stands: fresh, stale since, or failed, and why.

import type { Part as PartValue } from '@latchwork/shared/parts';
import { SourceError } from '../../sources/source-error.ts';

export class Standing {
  #value: PartValue | null = null;
  /** RFC 3339: the moment of the last answer; null without one. */
  #at: string | null = null;

  /** Null: it was never asked, or is no longer. */
  get value(): PartValue | null {
    return this.#value;
  }

  /** `atSeconds`: the moment that the answer is about. */
  fresh(nowMs: number, atSeconds: number): void {
    this.#at = new Date(atSeconds * 1000).toISOString();
    this.#set('fresh', nowMs, null);
  }

  /** Stale when it was answered once: the last good value stays. */
  failed(nowMs: number, error: unknown): void {
    this.#set(this.#at !== null ? 'stale' : 'failed', nowMs, inWords(error));
  }

  forget(): void {
    this.#value = null;
    this.#at = null;
  }

  #set(state: PartValue['state'], nowMs: number, message: string | null): void {
    const since = this.#value?.state === state ? this.#value.since : new Date(nowMs).toISOString();
    this.#value = { state, since, message, ...(this.#at === null ? {} : { at: this.#at }) };
  }
}

export function inWords(error: unknown): string {
  if (error instanceof SourceError) return error.remedy ? `${error.message}; ${error.remedy}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
