// Calls that never got to an endpoint: what the proxy's error means and where to look.

import type { Unreached } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { PossibleCause } from '@latchwork/shared/problems/finding';
import { type Made, made } from './made.ts';

const MEANING: Readonly<Record<string, string>> = {
  FAIL_FAST:
    'No endpoint was ready in time: the proxy waited for one and gave up. The caller gets 503 or 504.',
  LOAD_SHED: 'The proxy had already given up on this target, so it answers at once. The caller gets 503.',
};

/** Only errors that were seen, the most frequent first; the causes stand at the first alone, for they are the same. */
export function lostFindings(
  unreached: Unreached | null,
  { where, target, partly }: { where: string; target: Node | null; partly: boolean },
): Made[] {
  const name = target && 'name' in target && target.name !== null ? target.name : 'the target';
  const beyond = clusterBehindGateway(target);
  return Object.entries(unreached ?? {})
    .filter(([, rps]) => rps > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([error, rps], place) => {
      const what = `Calls to ${name} get no endpoint`;
      const at = target?.id ?? where;
      return made('lost', {
        ...{ code: 'lost', severity: 'bad', where, what, weight: rps, partly, reported: error },
        evidence: MEANING[error] ?? 'The proxy ended the call before any endpoint saw it.',
        remedy:
          beyond === null
            ? 'See that the Service has ready endpoints, and that the pods behind it run.'
            : `See that the gateway of cluster ${beyond} answers its probes.`,
        command: beyond === null ? endpointsCommand(target) : GATEWAYS_COMMAND,
        ...(place === 0 ? { causes: beyond === null ? causesFor(target) : causesBeyond(beyond) } : {}),
        cause: { key: `lost ${at}`, where: at, what },
      });
    });
}

const GATEWAYS_COMMAND = 'linkerd multicluster gateways';

/** The one endpoint of a mirrored Service is the gateway of its cluster. */
function clusterBehindGateway(target: Node | null): string | null {
  const parts = target && parseNodeId(target.id);
  return parts?.type === 'external' && parts.what === 'remote' && parts.kind === 'service'
    ? parts.cluster
    : null;
}

function causesBeyond(cluster: string): PossibleCause[] {
  return [
    {
      what: `The gateway of cluster ${cluster} does not answer`,
      tell: 'This says that it is not alive.',
      remedy:
        'See whether its address can be reached from here, and whether both clusters share a trust anchor.',
      command: GATEWAYS_COMMAND,
    },
    {
      what: 'Its Service is no longer mirrored',
      tell: 'The gateway is alive, and the endpoints of the mirrored Service are none.',
      remedy: 'See that the Service is still exported there, and that the service mirror runs here.',
      command: 'linkerd multicluster check',
    },
  ];
}

function endpointsCommand(target: Node | null): string | null {
  if (target?.type === 'service')
    return `kubectl -n ${target.namespace} get endpointslices -l kubernetes.io/service-name=${target.name}`;
  return target?.type === 'workload' ? `kubectl -n ${target.namespace} get endpointslices` : null;
}

function causesFor(target: Node | null): PossibleCause[] {
  return [
    {
      what: 'The Service has no ready endpoint',
      tell: 'This lists none, or none that is ready.',
      remedy:
        'See that its selector matches the labels of running pods, and that they pass their readiness checks.',
      command: endpointsCommand(target),
    },
    {
      what: 'Its endpoints refuse connections, or failed too often in a row',
      tell: 'The list has ready endpoints; look at the logs and the restarts of the pods behind them.',
      remedy:
        'Repair the pods; the proxy tries again by itself. With failure accrual it lets one call through now and then.',
      command: null,
    },
  ];
}
