// Which kinds the API server has, under which groups and versions. Knows no objects.

export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  /** The preferred one first; an object is the same in all of them. */
  readonly versions: readonly string[];
  /** Plural, as in a path. */
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
}

function resource(
  group: string,
  versions: string,
  name: string,
  kind: string,
  { shortNames = '', namespaced = true } = {},
): Resource {
  return {
    group,
    versions: versions.split(' '),
    name,
    kind,
    namespaced,
    shortNames: shortNames === '' ? [] : shortNames.split(' '),
  };
}

const POLICY = 'policy.linkerd.io';
const GATEWAY = 'gateway.networking.k8s.io';
const WEBHOOKS = 'admissionregistration.k8s.io';
const wholeCluster = { namespaced: false };

export const RESOURCES: readonly Resource[] = [
  resource('', 'v1', 'namespaces', 'Namespace', { shortNames: 'ns', namespaced: false }),
  resource('', 'v1', 'nodes', 'Node', { shortNames: 'no', namespaced: false }),
  resource('', 'v1', 'pods', 'Pod', { shortNames: 'po' }),
  resource('', 'v1', 'events', 'Event', { shortNames: 'ev' }),
  resource('', 'v1', 'services', 'Service', { shortNames: 'svc' }),
  resource('', 'v1', 'endpoints', 'Endpoints', { shortNames: 'ep' }),
  resource('', 'v1', 'configmaps', 'ConfigMap', { shortNames: 'cm' }),
  resource('', 'v1', 'serviceaccounts', 'ServiceAccount', { shortNames: 'sa' }),
  resource('', 'v1', 'replicationcontrollers', 'ReplicationController', { shortNames: 'rc' }),
  resource('apps', 'v1', 'deployments', 'Deployment', { shortNames: 'deploy' }),
  resource('apps', 'v1', 'replicasets', 'ReplicaSet', { shortNames: 'rs' }),
  resource('apps', 'v1', 'statefulsets', 'StatefulSet', { shortNames: 'sts' }),
  resource('apps', 'v1', 'daemonsets', 'DaemonSet', { shortNames: 'ds' }),
  resource('batch', 'v1', 'jobs', 'Job'),
  resource('batch', 'v1', 'cronjobs', 'CronJob', { shortNames: 'cj' }),
  resource('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice'),
  resource('apiregistration.k8s.io', 'v1', 'apiservices', 'APIService', wholeCluster),
  resource('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole', wholeCluster),
  resource('rbac.authorization.k8s.io', 'v1', 'clusterrolebindings', 'ClusterRoleBinding', wholeCluster),
  resource(WEBHOOKS, 'v1', 'mutatingwebhookconfigurations', 'MutatingWebhookConfiguration', wholeCluster),
  resource(WEBHOOKS, 'v1', 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', wholeCluster),
  resource('linkerd.io', 'v1alpha2', 'serviceprofiles', 'ServiceProfile', { shortNames: 'sp' }),
  resource(POLICY, 'v1beta3 v1beta2 v1beta1', 'servers', 'Server', { shortNames: 'srv' }),
  resource(POLICY, 'v1beta3 v1beta2 v1beta1 v1alpha1', 'httproutes', 'HTTPRoute'),
  resource(POLICY, 'v1beta1', 'serverauthorizations', 'ServerAuthorization', { shortNames: 'saz' }),
  resource(POLICY, 'v1alpha1', 'authorizationpolicies', 'AuthorizationPolicy', { shortNames: 'authzpolicy' }),
  resource(POLICY, 'v1alpha1', 'meshtlsauthentications', 'MeshTLSAuthentication', {
    shortNames: 'meshtlsauthn',
  }),
  resource(POLICY, 'v1alpha1', 'networkauthentications', 'NetworkAuthentication', {
    shortNames: 'netauthn',
  }),
  resource(POLICY, 'v1alpha1', 'httplocalratelimitpolicies', 'HTTPLocalRateLimitPolicy'),
  resource(POLICY, 'v1alpha1', 'egressnetworks', 'EgressNetwork'),
  resource(GATEWAY, 'v1 v1beta1', 'httproutes', 'HTTPRoute'),
  resource(GATEWAY, 'v1', 'grpcroutes', 'GRPCRoute'),
  resource(GATEWAY, 'v1alpha2', 'tcproutes', 'TCPRoute'),
  resource(GATEWAY, 'v1alpha3 v1alpha2', 'tlsroutes', 'TLSRoute'),
  resource('multicluster.linkerd.io', 'v1alpha3 v1alpha2 v1alpha1', 'links', 'Link'),
  resource('split.smi-spec.io', 'v1alpha2 v1alpha1', 'trafficsplits', 'TrafficSplit', { shortNames: 'ts' }),
  resource('workload.linkerd.io', 'v1beta1 v1alpha1', 'externalworkloads', 'ExternalWorkload'),
];

export function resourceKey({ group, name }: Pick<Resource, 'group' | 'name'>): string {
  return group === '' ? name : `${name}.${group}`;
}

export function findResource(group: string, version: string, name: string): Resource | null {
  return (
    RESOURCES.find((one) => one.group === group && one.name === name && one.versions.includes(version)) ??
    null
  );
}

export function groupVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}
