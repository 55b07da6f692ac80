// Namespaces, workloads and Services as the API server sends them → the part of them that is used.

import { countOr, labelsOf, listOf, portOf, type Raw, rawOf, textOr, textsOf } from '../api/raw.ts';
import { keepAnnotations, keepMeta } from './keep-meta.ts';
import type { NamespaceObject, ServiceObject, WorkloadObject } from './objects.ts';

export function keepNamespace(object: Raw): NamespaceObject {
  return { meta: keepMeta(object), injectKnownAt: injectKnownAt(object) };
}

/** Who wrote an annotation is noted with the time of the writer's last change: from then on, at the latest, it was there. */
function injectKnownAt(object: Raw): string | null {
  for (const entry of listOf(rawOf(object['metadata'])['managedFields']).map(rawOf)) {
    const annotations = rawOf(rawOf(rawOf(entry['fieldsV1'])['f:metadata'])['f:annotations']);
    if (annotations['f:linkerd.io/inject'] !== undefined) return textOr(entry['time'], null);
  }
  return null;
}

export function keepWorkload(object: Raw): WorkloadObject {
  const spec = rawOf(object['spec']);
  // A CronJob holds the template of a Job that holds the template of a pod.
  const template = rawOf(
    spec['jobTemplate'] === undefined
      ? spec['template']
      : rawOf(rawOf(spec['jobTemplate'])['spec'])['template'],
  );
  const pod = rawOf(template['spec']);
  return {
    meta: keepMeta(object),
    replicas: countOr(spec['replicas'], null),
    templateAnnotations: keepAnnotations(rawOf(template['metadata'])['annotations']),
    serviceAccount: textOr(pod['serviceAccountName'], null),
    hostNetwork: pod['hostNetwork'] === true,
  };
}

export function keepService(object: Raw): ServiceObject {
  const spec = rawOf(object['spec']);
  const selector = labelsOf(spec['selector']);
  return {
    meta: keepMeta(object),
    type: textOr(spec['type'], 'ClusterIP'),
    clusterIps: keepAddresses(spec),
    selector: Object.keys(selector).length === 0 ? null : selector,
    ports: listOf(spec['ports'])
      .map(rawOf)
      .map((port) => {
        const own = countOr(port['port'], 0);
        return { port: own, targetPort: port['targetPort'] === undefined ? own : portOf(port['targetPort']) };
      }),
  };
}

function keepAddresses(spec: Raw): string[] {
  const addresses = textsOf(spec['clusterIPs']);
  return (addresses.length > 0 ? addresses : textsOf([spec['clusterIP']])).filter(
    (address) => address !== '' && address !== 'None',
  );
}
