// What is not as it should be right now, for the reader of the page: which, since when, and what to do.

import { clock } from '@latchwork/figures/clock';
import { isOfKubernetes, partWords } from '@latchwork/figures/part-words';
import { age } from '@latchwork/figures/span';
import type { Part, Parts } from '@latchwork/shared/parts';
import type { Finding } from '@latchwork/shared/problems/finding';
import { sentence } from '../format/sentence.ts';
import type { Connection } from '../live/socket.ts';
import { isLost } from './freshness.ts';

export interface NoticeText {
  key: string;
  tone: 'plain' | 'warn' | 'bad';
  icon: 'clock' | 'warning' | 'plug' | 'info';
  title: string;
  text: string;
  /** The next attempt to reach the server; null where there is nothing to wait for. */
  retryAtMs: number | null;
  /** Whether loading the page anew is what helps. */
  reload?: boolean;
  /** To be copied, for someone who may apply it. */
  manifest?: string;
}

export interface NoticeFacts {
  connection: Connection;
  /** `at` of the shown value, RFC 3339; undefined before the first. */
  at: string | undefined;
  receivedAtMs: number | undefined;
  trouble: string | undefined;
  troubleSinceMs: number | undefined;
  parts: Parts | undefined;
  diagnoses: readonly Finding[];
  /** Nothing is drawn: then the view itself tells the diagnoses. */
  isEmpty: boolean;
  nowMs: number;
}

/** That there are no numbers, and why: with the manifest where a right is missing. */
const STORE_AWAY = 'store-away';
/** Which rights are missing, in one finding with the manifest. */
const RIGHTS_TOLD = 'kubernetes-rights';
/** That the store's answers lack something: `partial-answer`. */
const TOLD_AS_DIAGNOSIS = 'store';
/** Whoever has no rights has none to many kinds: so many reasons make the point. */
const MOST_REASONS = 2;
/** Where all of Kubernetes is away, its kinds need no list. */
const MOST_KINDS = 5;

/** Told elsewhere: beside the window that they are about. */
const QUIET_DIAGNOSES = [
  'window-widened',
  'window-shortened',
  'interval-unknown',
  'coarse-latency',
  'edge-latency-in-view',
];

export function toNotices(facts: NoticeFacts): NoticeText[] {
  const { connection, at, trouble, isEmpty, diagnoses, nowMs } = facts;
  const from = at === undefined ? '' : `What you see is from ${clock(at, true)}. `;
  if (isLost(connection, nowMs)) {
    const { refusal, retryAtMs } = connection;
    return [
      {
        key: 'connection',
        tone: 'warn',
        icon: 'plug',
        title: refusal?.message ?? 'The server of this page does not answer.',
        text: from + (refusal?.remedy ?? 'It comes back by itself.'),
        retryAtMs,
        ...(refusal?.reload ? { reload: true } : {}),
      },
    ];
  }
  const isStoreTold = !isEmpty && diagnoses.some(({ code }) => code === STORE_AWAY);
  const notices =
    trouble !== undefined && !isStoreTold ? [silence(facts, trouble)] : partNotices(facts, nowMs);
  if (!isEmpty)
    for (const { code, severity, what, remedy, manifest } of diagnoses)
      if (!QUIET_DIAGNOSES.includes(code))
        notices.push({
          key: code,
          tone: severity === 'bad' ? 'warn' : 'plain',
          icon: severity === 'info' ? 'info' : 'warning',
          title: sentence(what),
          text: sentence(remedy),
          retryAtMs: null,
          ...(manifest === null ? {} : { manifest }),
        });
  return notices;
}

function silence({ at, receivedAtMs, troubleSinceMs, nowMs }: NoticeFacts, trouble: string): NoticeText {
  const since = troubleSinceMs === undefined ? '' : `, for ${age(nowMs - troubleSinceMs)} now`;
  const title =
    at === undefined || receivedAtMs === undefined
      ? `No numbers yet${since}.`
      : `From ${clock(at)}, ${age(nowMs - receivedAtMs)} old.`;
  return { key: 'trouble', tone: 'warn', icon: 'clock', title, text: sentence(trouble), retryAtMs: null };
}

/** Parts with the same trouble are one sentence; those of Kubernetes are one, whatever is wrong with each. */
function partNotices({ parts = {}, diagnoses, isEmpty }: NoticeFacts, nowMs: number): NoticeText[] {
  const isStoreTold = !isEmpty && diagnoses.some(({ code }) => code === STORE_AWAY);
  const areRightsTold = !isEmpty && diagnoses.some(({ code }) => code === RIGHTS_TOLD);
  const byCause = new Map<string, { names: string[]; reasons: Set<string>; part: Part; isKind: boolean }>();
  for (const [name, part] of Object.entries(parts)) {
    if (part.state === 'fresh' || name === TOLD_AS_DIAGNOSIS) continue;
    if (areRightsTold && part.missingRight !== undefined) continue;
    const isKind = isOfKubernetes(name);
    if (isStoreTold && !isKind) continue;
    const cause = `${part.state} ${isKind ? 'of Kubernetes' : part.message}`;
    const known = byCause.get(cause) ?? { names: [], reasons: new Set(), part, isKind };
    known.names.push(partWords(name));
    if (part.message !== null) known.reasons.add(sentence(part.message));
    byCause.set(cause, known);
  }
  return [...byCause].map(([key, { names, reasons, part, isKind }]) => ({
    key,
    tone: 'plain',
    icon: part.state === 'stale' ? 'clock' : 'warning',
    title: `${howLong(part, nowMs)}${isKind ? ' from Kubernetes' : ''}: ${listed(names)}.`,
    text: [...reasons].slice(0, MOST_REASONS).join(' ') + more(reasons.size - MOST_REASONS),
    retryAtMs: null,
  }));
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_KINDS;
  return more > 1 ? `${names.slice(0, MOST_KINDS).join(', ')} and ${more} more` : names.join(', ');
}

function howLong({ state, since }: Part, nowMs: number): string {
  return state === 'stale' ? `From ${clock(since)}, ${age(nowMs - Date.parse(since))} old` : 'Missing';
}

function more(others: number): string {
  return others > 0 ? ` And ${others} more of this kind: /api/inventory has them all.` : '';
}
