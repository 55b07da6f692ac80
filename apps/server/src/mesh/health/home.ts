// Where the control plane lives. Neither it nor anything in it is missed while it may be where nobody looks.

import { known, type Told } from '../../sources/told.ts';
import { type CheckRule, isBad, unknown } from './checks/verdict.ts';
import type { HealthView } from './health-view.ts';
import { EVERYWHERE, watched } from './watched.ts';

/** Absent where all pods are seen and none is of a control plane. */
export function homeOf(view: HealthView): Told<string> {
  if (view.home !== null) return known(view.home);
  const pods = watched(view, 'pods', EVERYWHERE);
  return pods.state === 'untold' ? pods : { state: 'absent' };
}

/** For what is looked for in its namespace, or by its name. */
export function atHome(judge: CheckRule['judge']): CheckRule['judge'] {
  return (view) => {
    const verdict = judge(view);
    const home = homeOf(view);
    return verdict !== null && isBad(verdict) && home.state === 'untold' ? unknown(home) : verdict;
  };
}
