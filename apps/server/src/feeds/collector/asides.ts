// What a round asks on the side, to know what to ask, or why nothing came.

import { readSilence, refusedSilence, type Silence } from '../../mesh/silence.ts';
import { podsHereQuery } from '../../sources/prometheus/questions/endpoints.ts';
import { addedQuery } from '../../sources/prometheus/questions/sampling.ts';
import { silenceQuery } from '../../sources/prometheus/questions/start-up.ts';
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

/**
 * Whether a proxy had a series in the window that it had not had before; so where nobody counts that. Throws what the
 * other questions would meet as well, so that a store that hangs is not waited for twice.
 */
export async function mayHaveNew(
  { client, matchers }: Store,
  { moment, windowSeconds, signal }: Aside & { readonly windowSeconds: number },
): Promise<boolean> {
  const options = { tier: 'traffic', atSeconds: moment, signal };
  try {
    const [most] = await client.query(addedQuery(matchers, windowSeconds), options);
    return most?.value !== 0;
  } catch (error) {
    signal.throwIfAborted();
    if (isGone(error)) throw error;
    return true;
  }
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
