// Calls that never got to an endpoint: what the proxy's error means and where to look.

import type { Unreached } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import type { Cause, Remedy } from './remedy.ts';

/** `rps`: calls a second that ended so. */
export interface UnreachedRemedy extends Remedy {
  rps: number;
}

const MEANING: Record<string, [title: string, text: string]> = {
  FAIL_FAST: [
    'No endpoint was ready in time',
    'The proxy waited for an endpoint, found none, and gave up. The caller gets 503 or 504.',
  ],
  LOAD_SHED: [
    'Turned away without waiting',
    'The proxy had already given up on this target, so it answers further calls at once. The caller gets 503.',
  ],
};

/** Only errors that were seen, the most frequent first; the causes stand at the first alone, for they are the same. */
export function toUnreachedRemedies(unreached: Unreached | null, target: Node | null): UnreachedRemedy[] {
  return Object.entries(unreached ?? {})
    .filter(([, rps]) => rps > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([error, rps], place) => {
      const [title, text] = MEANING[error] ?? [
        'The call did not arrive',
        `The proxy ended it before any endpoint saw it.`,
      ];
      return {
        title,
        text,
        causes: place === 0 ? causesFor(target) : [],
        reported: error,
        share: null,
        rps,
      };
    });
}

function causesFor(target: Node | null): Cause[] {
  const service = target?.type === 'service' ? target : null;
  const namespace = service ?? (target?.type === 'workload' ? target : null);
  return [
    {
      what: 'The Service has no ready endpoint',
      tell: 'This lists none, or none that is ready.',
      fix: 'See that its selector matches the labels of running pods, and that they pass their readiness checks.',
      command: service
        ? `kubectl -n ${service.namespace} get endpointslices -l kubernetes.io/service-name=${service.name}`
        : namespace
          ? `kubectl -n ${namespace.namespace} get endpointslices`
          : null,
    },
    {
      what: 'Its endpoints refuse connections, or failed too often in a row',
      tell: 'The list has ready endpoints. Look at the logs and the restarts of the pods behind them.',
      fix: 'Repair the pods; the proxy tries again by itself. With failure accrual it lets one call through now and then.',
      command: null,
    },
  ];
}
