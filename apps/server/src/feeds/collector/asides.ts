// What a round asks on the side, to know what to ask, or why nothing came.

import { readSilence, refusedSilence, type Silence } from '../../mesh/silence.ts';
import type { AskScope } from '../../sources/prometheus/questions/ask-scope.ts';
import { podsHereQuery } from '../../sources/prometheus/questions/endpoints.ts';
import { newsQuery } from '../../sources/prometheus/questions/sampling.ts';
import { silenceQuery } from '../../sources/prometheus/questions/start-up.ts';
import { replacedQuery } from '../../sources/prometheus/questions/witnesses.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import { isGone } from './ask-round.ts';
import { inWords } from './standing.ts';
import type { StoreSurvey } from './store/store-survey.ts';

type Store = Pick<StoreSurvey, 'client' | 'matchers'>;

interface Aside {
  /** Unix seconds. */
  readonly moment: number;
  readonly signal: AbortSignal;
}

/** Why nothing moves. */
export async function askSilence(
  { client, matchers }: Store,
  { moment, signal }: Aside,
): Promise<Silence | null> {
  try {
    const options = { tier: 'traffic', atSeconds: moment, signal };
    return readSilence(await client.query(silenceQuery(matchers), options));
  } catch (error) {
    signal.throwIfAborted();
    return refusedSilence(inWords(error));
  }
}

/** What may have begun in the window. */
export interface News {
  /** A proxy had a series that it had not had before; so where nobody counts that. */
  readonly withNew: boolean;
  /** Which pods had; null: any of them. */
  readonly newPods: readonly string[] | null;
  /** Pods that got other labels, or further families; null where nobody asked. */
  readonly renamed: number | null;
}

/** As long as nobody says otherwise. */
export const ALL_NEWS: News = { withNew: true, newPods: null, renamed: null };

/** More of them are not named in each question. */
const MOST_NEW_PODS = 12;

function readNews(samples: readonly Sample[]): News {
  const of = (fact: string) => samples.filter(({ labels }) => labels['fact'] === fact);
  const count = (fact: string) => of(fact)[0]?.value ?? 0;
  const renamed = count('renamed');
  if (count('told') === 0 || count('untold') > 0) return { ...ALL_NEWS, renamed };
  const pods = of('added').map(({ labels }) => labels['pod'] ?? '');
  const areNamed = pods.length <= MOST_NEW_PODS && !pods.includes('');
  return { withNew: pods.length > 0, newPods: areNamed ? pods.sort() : null, renamed };
}

/** Throws what the other questions would meet as well, so that a store that hangs is not waited for twice. */
export async function askNews(
  { client, matchers }: Store,
  {
    moment,
    signal,
    ...asked
  }: Aside & Pick<AskScope, 'windowSeconds' | 'intervalSeconds' | 'withoutVersions'>,
): Promise<News> {
  const options = { tier: 'traffic', atSeconds: moment, signal };
  try {
    return readNews(await client.query(newsQuery({ ...asked, matchers }, MOST_NEW_PODS), options));
  } catch (error) {
    signal.throwIfAborted();
    if (isGone(error)) throw error;
    return ALL_NEWS;
  }
}

/** Pods of which what is new took the place of others, or was not kept before; null where the store does not say. */
export async function askReplaced(
  { client }: Store,
  scope: Parameters<typeof replacedQuery>[0],
  { moment, signal }: Aside,
): Promise<readonly string[] | null> {
  const options = { tier: 'traffic', atSeconds: moment, signal };
  const samples = await client.query(replacedQuery(scope), options).catch(() => null);
  const pods = samples?.map(({ labels }) => labels['pod'] ?? '') ?? [''];
  return pods.includes('') ? null : pods;
}

/** A pod that stopped just before the window may still have been called in it. */
const GONE_SECONDS = 60;

/** The pods that had series in the window; undefined where the store does not say. */
export async function askPodsHere(
  { client, matchers }: Store,
  { moment, windowSeconds, signal }: Aside & { readonly windowSeconds: number },
): Promise<readonly Sample[] | undefined> {
  const options = { tier: 'traffic', atSeconds: moment, signal };
  try {
    return await client.query(podsHereQuery(matchers, windowSeconds + GONE_SECONDS), options);
  } catch (error) {
    signal.throwIfAborted();
    if (isGone(error)) throw error;
    return undefined;
  }
}
