// What is kept of the objects that only a look at health reads.

import { countOr, listOf, portOf, type Raw, rawOf, textOr, textsOf } from '../api/raw.ts';
import { keepMeta } from '../watch/keep-meta.ts';
import type {
  ApiServiceObject,
  DeploymentObject,
  LinkObject,
  NodeObject,
  ReplicaSetObject,
  ScheduledPod,
  WebhookObject,
} from './health-objects.ts';

export function keepWebhooks(object: Raw): WebhookObject[] {
  const { name: configuration } = keepMeta(object);
  return listOf(object['webhooks'])
    .map(rawOf)
    .map((webhook) => ({
      configuration,
      name: textOr(webhook['name'], ''),
      caBundle: decoded(rawOf(webhook['clientConfig'])['caBundle']),
      failurePolicy: textOr(webhook['failurePolicy'], 'Fail'),
    }));
}

export function keepApiService(object: Raw): ApiServiceObject {
  const spec = rawOf(object['spec']);
  const service = rawOf(spec['service']);
  const condition = conditionOf(object, 'Available');
  return {
    caBundle: decoded(spec['caBundle']),
    service: `${textOr(service['namespace'], '')}/${textOr(service['name'], '')}`,
    available: condition ? condition['status'] === 'True' : null,
    message: textOr(condition?.['message'], ''),
  };
}

export function keepNode(object: Raw): NodeObject {
  const spec = rawOf(object['spec']);
  const cidrs = textsOf(spec['podCIDRs']);
  return {
    name: keepMeta(object).name,
    podCidrs: cidrs.length > 0 ? cidrs : textsOf([spec['podCIDR']]).filter(Boolean),
    runtime: textOr(rawOf(rawOf(object['status'])['nodeInfo'])['containerRuntimeVersion'], ''),
  };
}

export function keepReplicaSet(object: Raw): ReplicaSetObject {
  const failure = conditionOf(object, 'ReplicaFailure');
  return {
    name: keepMeta(object).name,
    failure:
      failure?.['status'] === 'True'
        ? textOr(failure['message'], textOr(failure['reason'], 'ReplicaFailure'))
        : null,
  };
}

export function keepScheduled(object: Raw): ScheduledPod {
  const scheduled = conditionOf(object, 'PodScheduled');
  const isStuck = scheduled?.['status'] === 'False' && scheduled['reason'] === 'Unschedulable';
  return {
    name: keepMeta(object).name,
    unschedulable: isStuck ? textOr(scheduled['message'], 'Unschedulable') : null,
  };
}

export function keepDeployment(object: Raw): DeploymentObject {
  const { name, labels } = keepMeta(object);
  return {
    name,
    component: labels['linkerd.io/control-plane-component'] ?? '',
    replicas: countOr(rawOf(object['spec'])['replicas'], 1),
    available: countOr(rawOf(object['status'])['availableReplicas'], 0),
  };
}

export function keepLink(object: Raw): LinkObject {
  const { name, namespace, labels, annotations } = keepMeta(object);
  const spec = rawOf(object['spec']);
  return {
    name,
    namespace,
    cluster: textOr(spec['targetClusterName'], name),
    clusterDomain: textOr(spec['targetClusterDomain'], ''),
    gatewayAddress: textOr(spec['gatewayAddress'], ''),
    gatewayPort: portOf(spec['gatewayPort']),
    gatewayIdentity: textOr(spec['gatewayIdentity'], ''),
    labels,
    annotations,
    troubles: listOf(rawOf(object['status'])['mirrorServices'])
      .map(rawOf)
      .flatMap((service) => troubleOf(service)),
  };
}

function troubleOf(service: Raw): string[] {
  const bad = listOf(service['conditions'])
    .map(rawOf)
    .find(({ status }) => status === 'False');
  if (!bad) return [];
  return [
    `${textOr(service['remoteRef'], '') || textOr(rawOf(service['remoteRef'])['name'], 'a service')}: ${textOr(bad['message'], textOr(bad['reason'], 'not mirrored'))}`,
  ];
}

function conditionOf(object: Raw, type: string): Raw | undefined {
  return listOf(rawOf(object['status'])['conditions'])
    .map(rawOf)
    .find((one) => one['type'] === type);
}

/** The API server sends bytes in base64. */
function decoded(value: unknown): string {
  return Buffer.from(textOr(value, ''), 'base64').toString('utf8');
}
