// Whether Services and the pods behind them agree on which ports are opaque: where they differ, one side reads what the other does not.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import type { PodObject, ServiceObject } from '../../sources/kubernetes/watch/objects.ts';
import { isPlain } from '../findings/kubectl.ts';
import { includesPort, OPAQUE_PORTS, portList, portNames } from '../inventory/ports.ts';
import { selectsPod } from '../inventory/selector.ts';
import { ok, type Verdict, warning } from './checks/verdict.ts';

interface Disagreement {
  readonly words: string;
  readonly command: string | null;
}

/** `byDefault`: what the proxies take for opaque where nothing is annotated, which an annotation takes the place of. */
export function opaquePortsMatch(
  services: readonly ServiceObject[],
  pods: readonly PodObject[],
  byDefault: string,
): Verdict {
  const byNamespace = Map.groupBy(pods, ({ meta }) => meta.namespace);
  const disagreements: Disagreement[] = [];
  for (const service of services) {
    const { selector, meta } = service;
    if (selector === null || service.clusterIps.length === 0) continue;
    const behind = (byNamespace.get(meta.namespace) ?? []).filter((pod) => selectsPod(service, pod));
    // Pods of one Service are alike: the first that differs stands for them.
    disagreements.push(
      ...(behind.map((pod) => disagreementsOf(service, pod, byDefault)).find(({ length }) => length > 0) ??
        []),
    );
  }
  const [first] = disagreements;
  return first === undefined
    ? ok(counted(services.length, 'service'))
    : warning(named(disagreements.map(({ words }) => words)), {
        remedy: `Give Service and pods the same ports in the annotation ${OPAQUE_PORTS}; pods have to be restarted.`,
        command: first.command,
      });
}

function disagreementsOf({ meta, ports }: ServiceObject, pod: PodObject, byDefault: string): Disagreement[] {
  const ofService = portList(meta.annotations[OPAQUE_PORTS]);
  const ofPod = portList(pod.meta.annotations[OPAQUE_PORTS]);
  const names = portNames(pod);
  const kept =
    meta.annotations[OPAQUE_PORTS] === undefined
      ? ports.filter(({ port }) => includesPort(portList(byDefault), port, new Map())).map(({ port }) => port)
      : ofService;
  const opened = new Set(names.values());
  const service = `${meta.namespace}/${meta.name}`;
  return ports.flatMap(({ port, targetPort }) => {
    const target = typeof targetPort === 'number' ? targetPort : names.get(targetPort);
    // Linkerd compares only what a container says it opens.
    if (target === undefined || (opened.size > 0 && !opened.has(target))) return [];
    const onService = includesPort(ofService, port, new Map());
    const onPod = includesPort(ofPod, target, names);
    if (onService === onPod) return [];
    return [
      onService
        ? {
            words: `port ${port} of Service ${service} is opaque, and ${target} of pod ${pod.meta.name} is not`,
            command: `kubectl -n ${meta.namespace} get pod ${pod.meta.name} -o yaml   # annotate its workload's template: ${OPAQUE_PORTS}: "${target}"`,
          }
        : {
            words: `port ${target} of pod ${pod.meta.namespace}/${pod.meta.name} is opaque, and ${port} of Service ${meta.name} is not`,
            command: annotateCommand(meta, [...kept, port].map(String)),
          },
    ];
  });
}

function annotateCommand(
  { namespace, name }: ServiceObject['meta'],
  ports: readonly string[],
): string | null {
  if (!ports.every(isPlain)) return null;
  return `kubectl -n ${namespace} annotate service ${name} ${OPAQUE_PORTS}=${[...new Set(ports)].join(',')} --overwrite`;
}
