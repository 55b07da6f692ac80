// The checks as a topic: read once, or followed while somebody looks. What they said before is remembered here.

import type { Check } from '@latchwork/shared/health/check';
import type { Checks } from '@latchwork/shared/health/checks';
import type { ScopeParams } from '@latchwork/shared/live/live';
import { toChecks } from '../../mesh/health/checks/checks.ts';
import { toNotAsked } from '../../mesh/health/checks/not-asked.ts';
import { type OwnCost, toCost } from '../../mesh/health/cost.ts';
import { toGateways } from '../../mesh/health/gateways.ts';
import type { HealthView } from '../../mesh/health/health-view.ts';
import { toNotMeshedList, toTapList } from '../../mesh/health/pod-lists.ts';
import { toVersions } from '../../mesh/health/versions.ts';
import { partsOf } from '../../mesh/health/view-parts.ts';
import type { Answer } from '../answer.ts';
import { toSpan } from '../scope.ts';
import { createCheckKeeper } from './check-keeper.ts';
import { followed } from './followed.ts';
import type { HealthLooks } from './health-looks.ts';

export interface ChecksFeed {
  checks(params: ScopeParams): Answer<Checks>;
  /** What was said last of the whole mesh now; empty before anybody looked. */
  last(): readonly Check[];
}

export interface ChecksFeedOptions {
  readonly looks: HealthLooks;
  readonly ownCost: () => OwnCost;
  readonly everyMs?: number;
}

/** Slower than any refresh of numbers: nothing of this changes within seconds. */
const EVERY_MS = 30_000;

export function createChecksFeed({ looks, ownCost, everyMs = EVERY_MS }: ChecksFeedOptions): ChecksFeed {
  const keeper = createCheckKeeper();

  async function read(params: ScopeParams): Promise<Checks> {
    const view = await looks.look(params);
    const checks = toChecks(view);
    const { namespace = [], at, cluster, window } = params;
    const isOfAll =
      namespace.length === 0 && at === undefined && cluster === undefined && window === undefined;
    return toAnswer(view, isOfAll ? keeper.keep(checks, view.nowMs) : checks, ownCost());
  }

  return {
    last: keeper.last,
    checks(params) {
      const key = JSON.stringify([toSpan(params), [...(params.namespace ?? [])].sort()]);
      return {
        key,
        read: () => read(params),
        start: followed(() => read(params), everyMs),
      };
    },
  };
}

function toAnswer(view: HealthView, checks: Check[], own: OwnCost): Checks {
  return {
    at: new Date(view.nowMs).toISOString(),
    checks,
    notAsked: toNotAsked(view, new Set(checks.map(({ id }) => id))),
    versions: toVersions(view),
    unmeshed: toNotMeshedList(view),
    tap: toTapList(view),
    gateways: toGateways(view),
    cost: toCost(view, own),
    parts: partsOf(view),
  };
}
