// Whether the store has series of Linkerd's proxies: where it has none, nothing that they would tell is well.

import { known, type Told, type Untold } from '../../sources/told.ts';
import { type CheckRule, unknown } from './checks/verdict.ts';
import type { HealthView } from './health-view.ts';

const NONE: Untold = {
  state: 'untold',
  why: 'the store has no series of a proxy of Linkerd',
  remedy:
    'scrape the port linkerd-admin (4191) of every meshed pod, or point --prometheus at the store that has them; see that --matcher leaves them in',
  right: null,
};

/** Proxies of old do not tell their version, and have certificates all the same. */
export function seesSeries({
  proxies,
  facts,
  mesh,
}: Pick<HealthView, 'proxies' | 'facts' | 'mesh'>): Told<true> {
  if (proxies.state === 'known' && proxies.value.length > 0) return known(true);
  if (facts.state === 'known' && facts.value.one('leaves') !== null) return known(true);
  // What arrives late is not seen now, and numbers are as of then.
  if (mesh.state === 'known' && [...mesh.value.workloads.values()].some(({ golden, tcp }) => golden || tcp))
    return known(true);
  if (proxies.state === 'untold') return proxies;
  return facts.state === 'untold' ? facts : NONE;
}

/** What is found is found; that nothing is found says something only where there is something to look at. */
export function ofSeries(judge: CheckRule['judge']): CheckRule['judge'] {
  return (view) => {
    const verdict = judge(view);
    const seen = seesSeries(view);
    return verdict?.state === 'ok' && seen.state === 'untold' ? unknown(seen) : verdict;
  };
}
