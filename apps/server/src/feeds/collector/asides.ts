// What a round asks on the side, to know what to ask, or why nothing came.

import { readSilence, refusedSilence, type Silence } from '../../mesh/silence.ts';
import { addedQuery } from '../../sources/prometheus/sampling.ts';
import { silenceQuery } from '../../sources/prometheus/start-up.ts';
import { inWords } from './standing.ts';
import type { StoreSurvey } from './store-survey.ts';

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

/** Whether a proxy had a series in the window that it had not had before; so where nobody counts that. */
export async function mayHaveNew(
  { client, matchers }: Store,
  { moment, windowSeconds, signal }: Aside & { readonly windowSeconds: number },
): Promise<boolean> {
  const options = { tier: 'traffic', atSeconds: moment, signal };
  const samples = await client.query(addedQuery(matchers, windowSeconds), options).catch(() => []);
  signal.throwIfAborted();
  return samples[0]?.value !== 0;
}
