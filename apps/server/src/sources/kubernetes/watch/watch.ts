// One kind of object in one place, kept up to date: list, then watch, and again after whatever happens; without the right to
// watch, list now and then. Knows nothing of what the objects mean.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { toLines } from '../api/lines.ts';
import { rawOf, wholeOr } from '../api/raw.ts';
import { toStatusError } from '../api/status-error.ts';
import { readMissingRules } from '../rights/kind-rules.ts';
import { HeldObjects } from './held-objects.ts';
import { createKeepBudget, type KeepBudget } from './keep-budget.ts';
import { isNamespaces, type Kind, kindPath } from './kinds.ts';
import { objectKey, readList, versionOf } from './list.ts';
import { isServed, unknownVersions } from './served.ts';
import type { KindPart, KindState } from './state.ts';
import { createWatchPace, type Waits } from './watch-pace.ts';
import {
  NOTHING_SAID,
  type Said,
  silent,
  unknown,
  unlistable,
  unreadable,
  unwatchable,
} from './watch-refusal.ts';
import { createWatchSigns, LateWatch } from './watch-signs.ts';

export interface Watch<T> {
  objects(): T[];
  part(): KindPart;
  /** Opens a dropped watch and reads again what was denied or absent, now. */
  nudge(): void;
  stop(): void;
}

export interface WatchOptions<T> {
  readonly client: KubernetesClient;
  readonly kind: Kind<T>;
  /** Absent or null: the whole cluster. */
  readonly namespace?: string | null;
  readonly onChange: () => void;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly pageSize?: number;
  /** Of all watches together. */
  readonly budget?: KeepBudget;
  readonly watchSeconds?: number;
  readonly pace?: Partial<Waits>;
}

export function createWatch<T>(options: WatchOptions<T>): Watch<T> {
  const {
    client,
    kind,
    namespace = null,
    now,
    random,
    onChange,
    pageSize = 500,
    watchSeconds = 150,
    budget = createKeepBudget(),
  } = options;
  const objects = new HeldObjects<T>(budget.open(kind.resource));
  const stopping = new AbortController();
  const pace = createWatchPace({ waits: options.pace ?? {}, now, random, signal: stopping.signal });
  const { ms } = pace;
  const signs = createWatchSigns({ now, slackMs: ms.slackMs });
  let place: { version: string; resourceVersion: string } | null = null;
  let everListed = false;
  /** The last watch was allowed: whoever refuses the next may have taken the right to list, too. */
  let couldWatch = false;
  /** What is refused of a kind that may be listed. */
  let refusedWatch: Said | null = null;
  let part: KindPart = { state: 'waiting', since: new Date(now()).toISOString(), ...NOTHING_SAID };

  function note(state: KindState, said: Said = NOTHING_SAID): void {
    if (part.state === state && part.message === said.message) return;
    const since = part.state === state ? part.since : new Date(now()).toISOString();
    part = { state, since, ...said };
    onChange();
  }

  function noteFresh(): void {
    if (refusedWatch === null) note('fresh');
    else note('fresh', refusedWatch);
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      let verb = 'list';
      try {
        if (place === null && !(await relist())) continue;
        verb = 'watch';
        await follow().finally(signs.end);
      } catch (error) {
        if (!stopping.signal.aborted) await recover(error, verb);
      }
    }
  }

  /** False: there is nothing to watch. */
  async function relist(): Promise<boolean> {
    const { signal } = stopping;
    const listed = await objects.replace((before, makeRoom) =>
      readList(client, kind, { namespace, pageSize, before, makeRoom, signal }),
    );
    onChange();
    if (listed === null) {
      const versions = await unknownVersions(client, kind, signal);
      if (versions.length > 0) note('failed', unknown(kind, versions));
      else note('absent');
      await pace.wait(ms.absentMs);
      return false;
    }
    everListed = true;
    pace.fits();
    place = { version: listed.version, resourceVersion: listed.resourceVersion };
    noteFresh();
    return true;
  }

  async function follow(): Promise<void> {
    if (place === null) return;
    // One object has no list of its own, and so nothing to watch without the right to see all.
    if (namespace !== null && isNamespaces(kind.resource)) return readAgainLater();
    const seconds = Math.round(watchSeconds * (0.75 + random() / 4));
    const path = kindPath(kind.group, place.version, kind.resource, namespace);
    const query = `watch=true&allowWatchBookmarks=true&timeoutSeconds=${seconds}&resourceVersion=${place.resourceVersion}`;
    const { status, body } = await client.stream(`${path}?${query}`, {
      signal: AbortSignal.any([stopping.signal, signs.begin()]),
      idleTimeoutMs: (seconds + 15) * 1000,
    });
    if (status !== 200) {
      let text = '';
      for await (const piece of body) text = (text + Buffer.from(piece).toString('utf8')).slice(0, 16_384);
      throw toStatusError(status, text, path);
    }
    refusedWatch = null;
    couldWatch = true;
    noteFresh();
    pace.begin();
    signs.opened();
    for await (const line of toLines(body)) apply(line, path);
    if (pace.end() !== 'healthy') await pace.backOff();
  }

  function apply(line: string, path: string): void {
    const { type, object } = rawOf(JSON.parse(line));
    signs.saw(type);
    if (type === 'ERROR')
      throw toStatusError(wholeOr(rawOf(object)['code'], 500), JSON.stringify(object), path);
    const key = objectKey(object);
    if (type === 'DELETED') objects.delete(key);
    else if (type === 'ADDED' || type === 'MODIFIED')
      objects.set(key, kind.keep(rawOf(object)), versionOf(object));
    const resourceVersion = versionOf(object);
    if (place !== null && resourceVersion !== '') place = { ...place, resourceVersion };
    if (type !== 'BOOKMARK') onChange();
  }

  async function recover(error: unknown, verb: string): Promise<void> {
    const wasOpen = pace.end() !== null;
    if (error instanceof LateWatch) return noteLate(error);
    const status = error instanceof SourceError ? error.status : undefined;
    if (error instanceof SourceError && error.kind === 'too-much') return overflow(error);
    if (status === 410) {
      place = null;
      return pace.backOff();
    }
    if (status === 403) return verb === 'watch' ? readSlowly() : deny(error as SourceError);
    // A dropped stream is nobody's trouble until it cannot be opened again.
    if (!wasOpen || !(error instanceof SourceError)) noteTrouble(error);
    // What cannot be understood, or is of a version that is gone, is read anew.
    if (!(error instanceof SourceError) || status === 404) place = null;
    await pace.backOff();
  }

  /** What was missed is in no later stream for sure: all is read anew, at once. */
  function noteLate(late: LateWatch): void {
    place = null;
    note('stale', silent(kind, late));
  }

  function noteTrouble(error: unknown): void {
    note(everListed ? 'stale' : 'failed', unreadable(error, kind));
  }

  /** Part of a kind would be wrong in every sum: none of it is kept. */
  async function overflow(error: SourceError): Promise<void> {
    const isRoomMade = objects.bytes > 0;
    place = null;
    everListed = false;
    objects.clear();
    // What was held took the room: without it, the list may fit.
    if (isRoomMade) return pace.backOff();
    noteTrouble(error);
    await pace.overflow();
  }

  /** What may be listed is kept, and is as old as the last list. */
  async function readSlowly(): Promise<void> {
    refusedWatch = unwatchable(kind, namespace, ms.slowMs);
    if (couldWatch) {
      couldWatch = false;
      place = null;
      return;
    }
    noteFresh();
    await readAgainLater();
  }

  async function readAgainLater(): Promise<void> {
    await pace.wait(ms.slowMs);
    place = null;
  }

  /** Names at once what will be missing next. */
  async function deny(error: SourceError): Promise<void> {
    place = null;
    everListed = false;
    refusedWatch = null;
    objects.clear();
    if (namespace === null && !(await isServed(client, kind, stopping.signal))) {
      note('absent');
      return pace.wait(ms.absentMs);
    }
    const missing = await readMissingRules(client, kind, namespace, stopping.signal);
    if (stopping.signal.aborted) return;
    note('denied', unlistable(error, missing));
    await pace.wait(ms.deniedMs);
  }

  void run();
  return {
    objects: () => objects.values(),
    part: () => part,
    nudge: pace.wake,
    stop() {
      stopping.abort();
      objects.release();
      pace.wake();
    },
  };
}
