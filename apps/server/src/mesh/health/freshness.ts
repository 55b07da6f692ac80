// Whether new samples still come. Scrapes may be minutes apart, and samples may arrive late: then numbers are as of then.

import { span } from '@latchwork/figures/span';
import type { HealthView } from './health-view.ts';

export type Freshness =
  | { readonly state: 'fresh'; readonly words: string }
  /** They come, and late: whoever asks is answered as of then. */
  | { readonly state: 'late'; readonly words: string; readonly remedy: string }
  | { readonly state: 'stale'; readonly words: string }
  | { readonly state: 'none' };

const OLD_SECONDS = 60;
/** One may be missed. */
const OLD_SCRAPES = 2;

/** `ageSeconds`: of the newest sample of a proxy that is seen now. */
export function freshnessOf({ mesh }: Pick<HealthView, 'mesh'>, ageSeconds: number | null): Freshness {
  const { diagnoses, intervalSeconds } =
    mesh.state === 'known' ? mesh.value : { diagnoses: [], intervalSeconds: null };
  const oldSeconds = Math.max(OLD_SECONDS, OLD_SCRAPES * (intervalSeconds ?? 0));
  const words = ageSeconds === null ? '' : `${span(Math.max(0, ageSeconds))} old`;
  if (ageSeconds !== null && ageSeconds <= oldSeconds) return { state: 'fresh', words };
  const late = diagnoses.find(({ code }) => code === 'late-samples');
  if (late) return { state: 'late', words: late.what, remedy: late.remedy };
  return ageSeconds === null ? { state: 'none' } : { state: 'stale', words };
}
