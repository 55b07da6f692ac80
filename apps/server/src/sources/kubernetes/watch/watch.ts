// One kind of object in one place, kept up to date: list, then watch, and again after whatever happens; without the right to
// watch, list now and then. Knows nothing of what the objects mean.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { toLines } from '../api/lines.ts';
import { numberOr, rawOf, textOr } from '../api/raw.ts';
import { toStatusError } from '../api/status-error.ts';
import { kindRule, readMissingRules } from '../rights/kind-rules.ts';
import { ruleLine, rulesPhrase } from '../rights/missing-rule.ts';
import { createKeepBudget, type KeepBudget, KeptObjects } from './kept-objects.ts';
import { isNamespaces, type Kind, kindPath } from './kinds.ts';
import { objectKey, readList } from './list.ts';
import { createPause } from './pause.ts';
import { isServed } from './served.ts';
import type { KindPart, KindState } from './state.ts';

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
  readonly pace?: Partial<WatchPace>;
}

interface WatchPace {
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
  readonly deniedMs: number;
  readonly absentMs: number;
  /** Between two lists where nothing may be watched. */
  readonly slowMs: number;
  readonly overflowMs: number;
}

const PACE: WatchPace = {
  firstRetryMs: 500,
  lastRetryMs: 15_000,
  deniedMs: 60_000,
  absentMs: 300_000,
  slowMs: 30_000,
  overflowMs: 120_000,
};
/** A stream that lived this long ended for a reason of its own: the next trouble starts from the shortest wait. */
const HEALTHY_MS = 5_000;

type Said = Pick<KindPart, 'message' | 'remedy' | 'missing'>;
const NOTHING_SAID: Said = { message: null, remedy: null };

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
  const holding = budget.open(kind.resource);
  const pace = { ...PACE, ...options.pace };
  const stopping = new AbortController();
  const { wait, wake } = createPause(random, stopping.signal);
  let objects = new KeptObjects<T>();
  let place: { version: string; resourceVersion: string } | null = null;
  let everListed = false;
  let retries = 0;
  /** The last watch was allowed: whoever refuses the next may have taken the right to list, too. */
  let couldWatch = false;
  /** What is refused of a kind that may be listed. */
  let refusedWatch: Said | null = null;
  /** When the stream that is being read was opened; null while there is none. */
  let openSinceMs: number | null = null;
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
        await follow();
      } catch (error) {
        if (!stopping.signal.aborted) await recover(error, verb);
      }
    }
  }

  function keepAll(kept: KeptObjects<T>): void {
    objects = kept;
    holding.hold(stopping.signal.aborted ? 0 : kept.bytes);
  }

  /** False: there is nothing to watch. */
  async function relist(): Promise<boolean> {
    const listed = await readList(client, kind, { namespace, pageSize, holding, signal: stopping.signal });
    keepAll(listed?.objects ?? new KeptObjects());
    onChange();
    if (listed === null) {
      note('absent');
      await wait(pace.absentMs);
      return false;
    }
    everListed = true;
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
      signal: stopping.signal,
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
    openSinceMs = now();
    for await (const line of toLines(body)) apply(line, path);
    if (hasBeenHealthy()) retries = 0;
    else await backOff();
    openSinceMs = null;
  }

  function hasBeenHealthy(): boolean {
    return openSinceMs !== null && now() - openSinceMs >= HEALTHY_MS;
  }

  function apply(line: string, path: string): void {
    const { type, object } = rawOf(JSON.parse(line));
    if (type === 'ERROR')
      throw toStatusError(numberOr(rawOf(object)['code'], 500), JSON.stringify(object), path);
    const key = objectKey(object);
    if (type === 'DELETED') objects.delete(key);
    else if (type === 'ADDED' || type === 'MODIFIED') objects.set(key, kind.keep(rawOf(object)));
    holding.hold(objects.bytes);
    holding.check(objects.bytes);
    const resourceVersion = textOr(rawOf(rawOf(object)['metadata'])['resourceVersion'], null);
    if (place !== null && resourceVersion !== null) place = { ...place, resourceVersion };
    if (type !== 'BOOKMARK') onChange();
  }

  async function recover(error: unknown, verb: string): Promise<void> {
    const wasOpen = openSinceMs !== null;
    if (hasBeenHealthy()) retries = 0;
    openSinceMs = null;
    const status = error instanceof SourceError ? error.status : undefined;
    if (error instanceof SourceError && error.kind === 'too-much') return overflow(error);
    if (status === 410) {
      place = null;
      return backOff();
    }
    if (status === 403) return verb === 'watch' ? readSlowly() : deny(error as SourceError);
    // A dropped stream is nobody's trouble until it cannot be opened again.
    if (!wasOpen || !(error instanceof SourceError)) noteTrouble(error);
    // What cannot be understood, or is of a version that is gone, is read anew.
    if (!(error instanceof SourceError) || status === 404) place = null;
    await backOff();
  }

  function noteTrouble(error: unknown): void {
    const known = error instanceof SourceError;
    note(
      everListed ? 'stale' : 'failed',
      known
        ? { message: error.message, remedy: error.remedy ?? null }
        : {
            message: `the watch of ${kind.resource} sent something that is no JSON`,
            remedy: 'check that nothing between this server and the API server changes its answers',
          },
    );
  }

  /** Part of a kind would be wrong in every sum: none of it is kept. */
  async function overflow(error: SourceError): Promise<void> {
    place = null;
    everListed = false;
    keepAll(new KeptObjects());
    noteTrouble(error);
    await wait(pace.overflowMs);
  }

  /** What may be listed is kept, and is as old as the last list. */
  async function readSlowly(): Promise<void> {
    const missing = [kindRule('watch', kind, namespace)];
    refusedWatch = {
      message: `read again every ${Math.round(pace.slowMs / 1000)} s: no right to ${rulesPhrase(missing)}`,
      remedy: `grant ${ruleLine(missing)}`,
      missing,
    };
    if (couldWatch) {
      couldWatch = false;
      place = null;
      return;
    }
    noteFresh();
    await readAgainLater();
  }

  async function readAgainLater(): Promise<void> {
    await wait(pace.slowMs);
    place = null;
  }

  /** Names at once what will be missing next. */
  async function deny(error: SourceError): Promise<void> {
    place = null;
    everListed = false;
    refusedWatch = null;
    keepAll(new KeptObjects());
    if (namespace === null && !(await isServed(client, kind, stopping.signal))) {
      note('absent');
      return wait(pace.absentMs);
    }
    const missing = await readMissingRules(client, kind, namespace, stopping.signal);
    if (stopping.signal.aborted) return;
    note('denied', {
      message: `no right to ${rulesPhrase(missing)} (${error.message})`,
      remedy: `grant ${ruleLine(missing)}`,
      missing,
    });
    await wait(pace.deniedMs);
  }

  async function backOff(): Promise<void> {
    const ms = Math.min(pace.firstRetryMs * 2 ** retries, pace.lastRetryMs);
    retries += 1;
    await wait(ms);
  }

  void run();
  return {
    objects: () => objects.values(),
    part: () => part,
    nudge: wake,
    stop() {
      stopping.abort();
      holding.hold(0);
      wake();
    },
  };
}
