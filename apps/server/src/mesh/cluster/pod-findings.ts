// What is worth knowing of a workload's pods, each thing said once for all pods that it is true of.

import type { InventoryPod, InventoryWorkload } from '@latchwork/shared/inventory';
import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../findings/finding.ts';
import { isThere } from '../inventory/pod-status.ts';

type Said = (pod: InventoryPod) => Finding | null;

/** Why some or all of the pods that run have no proxy; without their names, for tables. */
export function toNotMeshed(workload: InventoryWorkload): Finding[] {
  const running = workload.pods.filter(isThere);
  return grouped(running, ({ unmeshed }) => unmeshed).map(({ pods: _names, ...found }) => found);
}

export function toPodFindings({ name, pods }: InventoryWorkload): Finding[] {
  const running = pods.filter(isThere);
  const meshed = running.filter((pod) => pod.meshed);
  return [
    ...grouped(running, ({ unmeshed }) => unmeshed),
    ...grouped(meshed, ({ skippedInbound: ports }) => (ports.length ? skippedInbound(name, ports) : null)),
    ...grouped(meshed, ({ skippedOutbound: ports }) => (ports.length ? skippedOutbound(name, ports) : null)),
    ...grouped(meshed, ({ opaquePorts: ports }) => (ports.length ? opaque(ports) : null)),
    ...grouped(meshed, ({ tap }) => tap),
    ...grouped(pods, (pod) => (pod.phase === 'Failed' ? failed(pod) : null)),
  ];
}

function grouped(pods: readonly InventoryPod[], said: Said): Finding[] {
  const found = new Map<string, { finding: Finding; pods: string[] }>();
  for (const pod of pods) {
    const finding = said(pod);
    if (finding === null) continue;
    const key = `${finding.code} ${finding.what}`;
    const known = found.get(key) ?? { finding, pods: [] };
    known.pods.push(pod.name);
    found.set(key, known);
  }
  return [...found.values()].map(({ finding, pods: names }) => ({ ...finding, pods: names }));
}

function skippedInbound(name: string, ports: readonly string[]): Finding {
  return toFinding({
    code: 'skipped-inbound-port',
    what: `What comes to port ${ports.join(', ')} goes past the proxy of ${name}: it has no mTLS and is in no number on this page.`,
    remedy:
      'Take the port off config.linkerd.io/skip-inbound-ports; list it under config.linkerd.io/opaque-ports if the proxy should leave its protocol alone.',
  });
}

function skippedOutbound(name: string, ports: readonly string[]): Finding {
  return toFinding({
    code: 'skipped-outbound-port',
    what: `What ${name} sends to port ${ports.join(', ')} goes past its proxy: it has no mTLS and is in no number on this page.`,
    remedy:
      'Take the port off config.linkerd.io/skip-outbound-ports; list it under config.linkerd.io/opaque-ports of the target if the proxy should leave its protocol alone.',
  });
}

function opaque(ports: readonly string[]): Finding {
  return toFinding({
    code: 'opaque-port',
    what: `Port ${ports.join(', ')} is opaque: it has mTLS and is counted as connections, without requests.`,
    remedy: 'That is right for databases and other protocols that Linkerd does not read.',
  });
}

function failed({ status }: InventoryPod): Finding {
  return toFinding({
    code: 'failed',
    what: `It has failed (${status}) and is kept for its logs; it serves nothing and is not among the meshed counts.`,
    remedy: 'Read its logs, then delete it.',
  });
}
