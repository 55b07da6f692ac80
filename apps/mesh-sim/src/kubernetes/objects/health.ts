// What a look at the control plane's health reads besides: its configuration, trust anchors, webhooks and roles.

import { createHash } from 'node:crypto';
import { type KubeObject, toMetadata } from '../kube-object.ts';
import { ISSUER, TRUST_ANCHOR, WEBHOOK } from './certificates-pem.ts';
import type { Timeline } from './timeline.ts';

const HOME = 'linkerd';
const VIZ = 'linkerd-viz';

/** As the injector notes on every pod which trust anchors it starts with. */
export const TRUST_ROOT_HASH = createHash('sha256').update(TRUST_ANCHOR).digest('hex');

const ROLES = [
  'linkerd-linkerd-identity',
  'linkerd-linkerd-proxy-injector',
  'linkerd-linkerd-viz-tap',
  'linkerd-linkerd-viz-metrics-api',
  'linkerd-linkerd-viz-tap-admin',
  'linkerd-linkerd-viz-prometheus',
  'linkerd-tap-injector',
];
const BINDINGS = [...ROLES, 'linkerd-linkerd-viz-tap-auth-delegator'];
const WEBHOOKS = [
  ['MutatingWebhookConfiguration', 'proxy-injector'],
  ['ValidatingWebhookConfiguration', 'sp-validator'],
  ['ValidatingWebhookConfiguration', 'policy-validator'],
] as const;

export const CA_BUNDLE = Buffer.from(WEBHOOK).toString('base64');

/** `version` is the control plane's. */
export function toHealthObjects(version: string, { workloadsMs: atMs }: Timeline): KubeObject[] {
  const configMap = (namespace: string, name: string, data: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: toMetadata({ kind: 'ConfigMap', namespace, name, atMs }),
    data,
  });
  const ofCluster = (kind: string, name: string): KubeObject => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: toMetadata({ kind, name, atMs }),
  });
  return [
    configMap(HOME, 'linkerd-config', { values: valuesOf(version) }),
    configMap(HOME, 'linkerd-identity-trust-roots', { 'ca-bundle.crt': TRUST_ANCHOR }),
    configMap(VIZ, 'prometheus-config', { 'prometheus.yml': '' }),
    ...ROLES.map((name) => ofCluster('ClusterRole', name)),
    ...BINDINGS.map((name) => ofCluster('ClusterRoleBinding', name)),
    ...WEBHOOKS.map(([kind, name]) => webhook(kind, name, atMs)),
  ];
}

function valuesOf(version: string): string {
  return JSON.stringify({
    linkerdVersion: version,
    clusterDomain: 'cluster.local',
    clusterNetworks: '10.0.0.0/8,100.64.0.0/10,172.16.0.0/12,192.168.0.0/16,fd00::/8',
    identityTrustDomain: 'cluster.local',
    highAvailability: false,
    disableHeartBeat: true,
    cniEnabled: false,
    identity: { issuer: { scheme: 'linkerd.io/tls', tls: { crtPEM: ISSUER } } },
    proxy: {
      defaultInboundPolicy: 'all-unauthenticated',
      opaquePorts: '25,587,3306,4444,5432,6379,9300,11211',
    },
  });
}

function webhook(kind: (typeof WEBHOOKS)[number][0], name: string, atMs: number): KubeObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: toMetadata({ kind, name: `linkerd-${name}-webhook-config`, atMs }),
    webhooks: [
      {
        name: `linkerd-${name}.linkerd.io`,
        failurePolicy: 'Ignore',
        clientConfig: { service: { name: `linkerd-${name}`, namespace: HOME }, caBundle: CA_BUNDLE },
      },
    ],
  };
}
