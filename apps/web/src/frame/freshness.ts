// How old the numbers are, in a word or two. Pure: the clock is a fact among others.

import { clock } from '@latchwork/figures/clock';
import { age, ago } from '@latchwork/figures/span';
import type { Parts } from '@latchwork/shared/parts';
import type { Connection } from '../live/socket.ts';

export interface FreshnessFacts {
  connection: Connection;
  /** When the shown value arrived; undefined before the first. */
  receivedAtMs: number | undefined;
  trouble: string | undefined;
  parts: Parts | undefined;
  pausedSinceMs: number | null;
  /** RFC 3339: the value is of this moment and will not change, in a recording or by the address; null where it is of now. */
  fixedAt: string | null;
  /** A stream that has ended with a failure: its snapshots are fresh, its numbers are not. */
  isStopped: boolean;
  nowMs: number;
}

export interface Freshness {
  tone: 'good' | 'warn' | 'quiet';
  text: string;
}

const LOST_WORDS: Readonly<Record<string, string>> = {
  'session-over': 'signed out',
  forbidden: 'refused',
  sandboxed: 'refused',
};

/** For so long a page may reconnect without a word. */
export const GRACE_MS = 1500;

export function freshness(facts: FreshnessFacts): Freshness {
  const { connection, receivedAtMs, trouble, parts, pausedSinceMs, fixedAt, nowMs } = facts;
  const oldMs = receivedAtMs === undefined ? null : nowMs - receivedAtMs;
  if (pausedSinceMs !== null)
    return { tone: 'quiet', text: oldMs === null ? 'paused' : `paused, ${age(oldMs)} old` };
  if (isLost(connection, nowMs)) {
    const why = LOST_WORDS[connection.refusal?.kind ?? 'failing'] ?? 'no server';
    return { tone: 'warn', text: oldMs === null ? why : `${why}, ${age(oldMs)} old` };
  }
  if (oldMs === null) return trouble ? { tone: 'warn', text: 'no data' } : { tone: 'quiet', text: 'waiting' };
  if (facts.isStopped) return { tone: 'warn', text: 'stopped' };
  if (trouble !== undefined) return { tone: 'warn', text: `stale, ${age(oldMs)} old` };
  const staleMs = oldestStaleMs(parts);
  if (staleMs !== null) return { tone: 'warn', text: `partly stale, ${age(nowMs - staleMs)}` };
  return { tone: 'good', text: fixedAt === null ? ago(oldMs) : `as of ${clock(fixedAt)} UTC` };
}

export function isLost(connection: Connection, nowMs: number): boolean {
  return connection.state !== 'open' && nowMs - connection.sinceMs > GRACE_MS;
}

function oldestStaleMs(parts: Parts | undefined): number | null {
  const since = Object.values(parts ?? {})
    .filter(({ state }) => state === 'stale')
    .map((part) => Date.parse(part.since))
    .filter((ms) => !Number.isNaN(ms));
  return since.length > 0 ? Math.min(...since) : null;
}
