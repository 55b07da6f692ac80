// How well each side of a look at health is known, in the words of every other answer.

import type { Parts } from '@latchwork/shared/parts';
import type { Told } from '../../sources/told.ts';
import type { HealthView } from './health-view.ts';

export function partsOf({ nowMs, inventory, objects, facts, mesh }: HealthView): Parts {
  const since = new Date(nowMs).toISOString();
  const part = (told: Told<unknown>) =>
    told.state === 'untold'
      ? ({ state: 'failed', since, message: `${told.why}; ${told.remedy}` } as const)
      : ({ state: 'fresh', since, message: null } as const);
  return {
    inventory: part(inventory),
    objects: part(objects),
    prometheus: part(facts),
    mesh: part(mesh),
  };
}
