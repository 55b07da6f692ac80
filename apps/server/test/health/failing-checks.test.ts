// Each check has something that turns it red, and says what to do then.

import { readFileSync } from 'node:fs';
import type { CheckState } from '@latchwork/shared/health/check';
import type { MeshProblem } from '@latchwork/shared/problems/problems';
import { describe, expect, it } from 'vitest';
import { toFinding } from '../../src/mesh/findings/finding.ts';
import { CHECK_RULES } from '../../src/mesh/health/checks/check-rules.ts';
import { toChecks } from '../../src/mesh/health/checks/checks.ts';
import type { HealthView } from '../../src/mesh/health/health-view.ts';
import type { KindName } from '../../src/sources/kubernetes/watch/state.ts';
import { known } from '../../src/sources/told.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { type Row, UNTOLD, viewOf, WELL_MESH } from './health-view-of.ts';
import { changed, type Json } from './recorded-health.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever shape the API server sends
type Item = Record<string, any>;

const P384 = readFileSync(new URL('./p384.pem', import.meta.url), 'utf8');

interface Case {
  readonly json?: Json;
  readonly objects?: readonly [kind: KindName, change: (item: Item) => unknown];
  readonly facts?: Readonly<Record<string, number | null>>;
  readonly rows?: readonly Row[];
  readonly view?: Partial<HealthView>;
  readonly atMs?: string;
  readonly state?: CheckState;
}

const without = (resource: string, name: string | RegExp): Json =>
  changed(resource, (item) => ((item['metadata'] as Item)['name'].match(name) ? null : item));
const config = (change: (values: Item) => void): Json =>
  changed('configmaps', (item) => {
    const { data, metadata } = item as Item;
    if (metadata.name !== 'linkerd-config') return item;
    const values = JSON.parse(data.values);
    change(values);
    return { metadata, data: { values: JSON.stringify(values) } };
  });
const roots = (pem: string): Json =>
  changed('configmaps', (item) =>
    (item as Item)['metadata'].name === 'linkerd-identity-trust-roots'
      ? { metadata: item['metadata'], data: { 'ca-bundle.crt': pem } }
      : item,
  );
const pod = (name: RegExp, change: (item: Item) => void): NonNullable<Case['objects']> => [
  'pods',
  (item) => {
    if (item['metadata'].name.match(name)) change(item);
    return item;
  },
];
const problem = (kind: MeshProblem['kind'], code: string): Partial<HealthView> => ({
  mesh: known({
    ...WELL_MESH,
    problems: [
      {
        ...toFinding({ code, what: 'x', remedy: 'look at it', where: 'shop/deployment/web', weight: 2 }),
        kind,
        partly: false,
        places: [],
        callers: [],
        sinceBefore: false,
      },
    ],
  }),
});
const diagnosis = (code: string): Partial<HealthView> => ({
  mesh: known({
    ...WELL_MESH,
    diagnoses: [toFinding({ code, what: 'labels are missing', remedy: 'add them' })],
  }),
});
const links = (link: Item, pods: Item[] = []): Case => ({
  json: async (path) => {
    if (path.includes('/links')) return { items: [link] };
    return changed('nothing', (item) => item)(path);
  },
  objects: ['pods', (item) => (pods.length > 0 ? pods[0] : item)],
});
const LINK = {
  metadata: { name: 'west', namespace: 'linkerd-multicluster' },
  spec: {
    targetClusterName: 'west',
    targetClusterDomain: 'cluster.local',
    gatewayAddress: '192.0.2.7',
    gatewayPort: '4143',
  },
};
const notReady = (item: Item) => {
  for (const status of [
    ...(item['status'].containerStatuses ?? []),
    ...(item['status'].initContainerStatuses ?? []),
  ])
    status.ready = false;
};

const CASES: Readonly<Record<string, Case>> = {
  'prometheus-answers': { view: { facts: UNTOLD } },
  'l5d-data-plane-prom': { view: { proxies: known([]) }, state: 'warning' },
  'samples-fresh': { facts: { age: 300 } },
  'scrapes-succeed': { rows: [['down', { namespace: 'fulfilment', pod: 'orders-1' }, 1]], state: 'warning' },
  'scrape-interval': { view: { mesh: known({ ...WELL_MESH, intervalSeconds: null }) }, state: 'unknown' },
  'labels-complete': { view: diagnosis('missing-labels'), state: 'warning' },
  'series-complete': { view: diagnosis('scraped-twice'), state: 'warning' },
  'k8s-api/client': { view: { objects: UNTOLD }, state: 'unknown' },
  'k8s-api/query': { json: async () => Promise.reject(await refused()) },
  'k8s-version': { json: version('v1.29.4') },
  'gateway-api-crd': { json: without('gateway', /never/) && noKinds },
  'l5d-existence-crd': { json: noKinds },
  'l5d-existence-crd/config': { json: noKinds },
  'l5d-existence-linkerd-config': { json: without('configmaps', 'linkerd-config') },
  'l5d-existence-sa': {
    json: (path) =>
      path.includes('serviceaccounts')
        ? without('serviceaccounts', /heartbeat/)(path)
        : config((values) => (values['disableHeartBeat'] = false))(path),
  },
  'l5d-existence-replicasets': {
    json: changed('replicasets', (item) => ({
      ...item,
      status: { conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota' }] },
    })),
  },
  'l5d-existence-unschedulable-pods': {
    json: changed('pods', (item) => ({
      ...item,
      status: {
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/2 nodes' },
        ],
      },
    })),
    state: 'warning',
  },
  'l5d-api-control-ready': { objects: pod(/^linkerd-identity/, notReady) },
  'l5d-cluster-networks-cidr': { json: config((values) => (values['clusterNetworks'] = '192.168.0.0/16')) },
  'l5d-cluster-networks-pods/pods': {
    json: config((values) => (values['clusterNetworks'] = '192.168.0.0/16')),
  },
  'l5d-cluster-networks-pods/services': {
    json: config((values) => (values['clusterNetworks'] = '192.168.0.0/16')),
  },
  'l5d-existence-ns': {
    objects: ['namespaces', (item) => (item['metadata'].name === 'linkerd' ? null : item)],
  },
  'l5d-existence-cr': { json: without('clusterroles', /identity/) },
  'l5d-existence-crb': { json: without('clusterrolebindings', /identity/) },
  'l5d-existence-sa/config': { json: without('serviceaccounts', /identity/) },
  'l5d-existence-mwc': { json: without('mutatingwebhook', /./) },
  'l5d-existence-vwc': { json: without('validatingwebhook', /policy/) },
  'l5d-proxy-init-run-as-root': {
    json: changed('nodes', (item) => ({
      ...item,
      status: { nodeInfo: { containerRuntimeVersion: 'docker://24.0' } },
    })),
  },
  'cni-plugin-cm-exists': cni(),
  'cni-plugin-cr-exists': cni(),
  'cni-plugin-crb-exists': cni(),
  'cni-plugin-sa-exists': cni(),
  'cni-plugin-ds-exists': cni(),
  'cni-plugin-ready': cni(),
  'l5d-identity-trustAnchors-use-supported-crypto': { json: roots(P384) },
  'l5d-identity-trustAnchors-are-time-valid': { atMs: '2036-12-01' },
  'l5d-identity-trustAnchors-not-expiring-soon': { atMs: '2036-10-01', state: 'warning' },
  'l5d-identity-issuer-cert-uses-supported-crypto': {
    json: config((values) => (values['identity'].issuer.tls.crtPEM = P384)),
  },
  'l5d-identity-issuer-cert-is-time-valid': { facts: { issuer: -60 } },
  'l5d-identity-issuer-cert-not-expiring-soon': { facts: { issuer: 21 * 86_400 }, state: 'warning' },
  'l5d-identity-issuer-cert-issued-by-trust-anchor': { json: roots(P384) },
  'l5d-proxy-injector-webhook-cert-valid': { atMs: '2027-12-01' },
  'l5d-sp-validator-webhook-cert-valid': { atMs: '2027-12-01' },
  'l5d-policy-validator-webhook-cert-valid': { atMs: '2027-12-01' },
  'l5d-webhook-cert-not-expiring-soon/proxy-injector': { atMs: '2027-11-01', state: 'warning' },
  'l5d-webhook-cert-not-expiring-soon/sp-validator': { atMs: '2027-11-01', state: 'warning' },
  'l5d-webhook-cert-not-expiring-soon/policy-validator': { atMs: '2027-11-01', state: 'warning' },
  'l5d-version-control/known': {
    json: without('configmaps', 'linkerd-config'),
    objects: pod(
      /^linkerd-destination/,
      (item) => delete item['metadata'].labels['linkerd.io/control-plane-component'],
    ),
    state: 'unknown',
  },
  'l5d-cp-proxy-healthy': { objects: pod(/^linkerd-identity/, notReady) },
  'l5d-cp-proxy-cli-version': { objects: pod(/^linkerd-identity/, older), state: 'warning' },
  'l5d-control-plane-replicas': {
    json: config((values) => (values['highAvailability'] = true)),
    state: 'warning',
  },
  'l5d-extension-namespaces': {
    objects: [
      'namespaces',
      (item) => {
        if (item['metadata'].name === 'legacy') item['metadata'].labels['linkerd.io/extension'] = 'viz';
        return item;
      },
    ],
    state: 'warning',
  },
  'l5d-identity-data-plane-proxies-certs-match-ca': { json: roots(P384), state: 'warning' },
  'l5d-data-plane-exists': { view: { namespaces: new Set(['nowhere']) } },
  'l5d-data-plane-ready': { view: { namespaces: new Set(['legacy']) } },
  'l5d-data-plane-cli-version': { objects: pod(/^web/, older), state: 'warning' },
  'l5d-data-plane-pod-labels': {
    objects: pod(/^web/, (item) => (item['metadata'].labels['config.linkerd.io/opaque-ports'] = '80')),
    state: 'warning',
  },
  'l5d-data-plane-services-labels': {
    objects: ['services', (item) => labelled(item, 'labels', 'config.linkerd.io/opaque-ports')],
    state: 'warning',
  },
  'l5d-data-plane-services-annotations': {
    objects: ['services', (item) => labelled(item, 'annotations', 'mirror.linkerd.io/exported')],
    state: 'warning',
  },
  'linkerd-opaque-ports-definition': {
    objects: [
      'services',
      (item) => labelled(item, 'annotations', 'config.linkerd.io/opaque-ports', '80,8080'),
    ],
    state: 'warning',
  },
  'l5d-viz-ns-exists': {
    objects: [
      'namespaces',
      (item) => {
        if (item['metadata'].name === 'linkerd-viz') item['metadata'].labels = {};
        return item;
      },
    ],
  },
  'l5d-viz-cr-exists': { json: without('clusterroles', /tap-admin/) },
  'l5d-viz-crb-exists': { json: without('clusterrolebindings', /tap-injector/) },
  'l5d-tap-cert-valid': { atMs: '2027-12-01' },
  'l5d-tap-cert-not-expiring-soon': { atMs: '2027-11-01', state: 'warning' },
  'l5d-tap-api': {
    json: changed('apiservices', (item) => ({
      ...item,
      status: {
        conditions: [{ type: 'Available', status: 'False', message: 'failing or missing response' }],
      },
    })),
    state: 'warning',
  },
  'l5d-viz-pods-injection': {
    objects: pod(/^tap/, (item) => delete item['metadata'].labels['linkerd.io/control-plane-ns']),
    state: 'warning',
  },
  'l5d-viz-pods-running': { objects: pod(/^tap/, notReady), state: 'warning' },
  'l5d-viz-proxy-healthy': { objects: pod(/^tap/, notReady) },
  'l5d-viz-proxy-cli-version': { objects: pod(/^tap/, older), state: 'warning' },
  'l5d-viz-prometheus': { json: without('clusterroles', /prometheus/) },
  'l5d-viz-data-plane-prom-authz': {
    objects: pod(
      /^web/,
      (item) => (item['metadata'].annotations['config.linkerd.io/default-inbound-policy'] = 'deny'),
    ),
    state: 'warning',
  },
  'l5d-multicluster-links-are-valid': links({ metadata: LINK.metadata, spec: {} }),
  'l5d-multicluster-service-mirror-running': links(LINK),
  'l5d-multicluster-gateways-endpoints': {
    ...links(LINK),
    rows: [
      ['gatewayAlive', { target_cluster_name: 'west' }, 0],
      ['gatewayEnabled', { target_cluster_name: 'west' }, 1],
    ],
  },
  'l5d-multicluster-services-endpoints': links({
    ...LINK,
    status: { mirrorServices: [{ conditions: [{ status: 'False', message: 'no endpoints' }] }] },
  }),
  'l5d-multicluster-orphaned-services': {
    ...links(LINK),
    objects: ['services', (item) => labelled(item, 'labels', 'mirror.linkerd.io/cluster-name', 'gone')],
    state: 'warning',
  },
  'pods-without-proxy': { state: 'warning' },
  'pods-await-restart': { objects: pod(/^web/, older), state: 'warning' },
  'tap-enabled': {
    objects: pod(/^web/, (item) => delete item['metadata'].annotations['viz.linkerd.io/tap-enabled']),
    state: 'warning',
  },
  'plaintext-edges': { view: problem('plaintext', 'not-encrypted:x'), state: 'warning' },
  'denied-requests': { view: problem('refused', 'refused-authorization'), state: 'warning' },
  'rate-limits': { view: problem('refused', 'refused-rate-limit'), state: 'warning' },
  'policy-matches': {
    objects: [
      'servers',
      (item) => ({ ...item, spec: { ...item['spec'], podSelector: { matchLabels: { app: 'gone' } } } }),
    ],
    state: 'warning',
  },
  'protocol-detection': {
    rows: [['detectTimeouts', { namespace: 'fulfilment', pod: 'orders-1', srv_port: '3307' }, 4.2]],
    state: 'warning',
  },
  'control-plane-reachable': { rows: [['controlFailures', { addr: 'linkerd-policy:8090' }, 3]] },
  'proxy-certificates': { facts: { leaf: -10, expired: 1 } },
  'certificate-refreshes': { rows: [['refreshErrors', { namespace: 'shop', pod: 'web-1' }, 1]] },
  'kubernetes-rights': { view: {}, state: 'warning' },
  'tap-right': {
    view: { tap: known({ allowed: false, message: 'jane may not tap', manifest: 'kind: Role' }) },
    state: 'warning',
  },
};

function cni(): Case {
  return { json: config((values) => (values['cniEnabled'] = true)) };
}

function older(item: Item): void {
  item['metadata'].annotations['linkerd.io/proxy-version'] = 'edge-26.7.1';
}

function labelled(item: Item, field: 'labels' | 'annotations', name: string, value = 'true'): Item {
  if (item['metadata'].namespace !== 'storefront') return item;
  return {
    ...item,
    metadata: { ...item['metadata'], [field]: { ...item['metadata'][field], [name]: value } },
  };
}

function version(gitVersion: string): Json {
  const api = changed('nothing', (item) => item);
  return async (path) => (path === '/version' ? { gitVersion } : api(path));
}

async function noKinds(path: string): Promise<unknown> {
  const document = await changed('nothing', (item) => item)(path);
  return /^\/apis\/[^/]+\/[^/]+$/.test(path) && (document as Item)['resources']
    ? { resources: [] }
    : document;
}

async function refused(): Promise<Error> {
  const { kubernetesError } = await import('../../src/sources/kubernetes/api/kubernetes-error.ts');
  return kubernetesError('unreachable', 'the API server is away', { remedy: 'wait' });
}

async function checksOf({ json, objects, facts, rows, view, atMs }: Case) {
  const state = recordedState((kind, items) =>
    objects && kind === objects[0] ? items.map((item) => objects[1](item as Item)).filter(Boolean) : items,
  );
  return toChecks(
    await viewOf({
      state,
      ...(json ? { json } : {}),
      ...(facts ? { facts } : {}),
      ...(rows ? { rows } : {}),
      view: { ...view, ...(atMs ? { nowMs: Date.parse(atMs), facts: known(noFacts()) } : {}) },
    }),
  );
}

function noFacts() {
  return { one: () => null, of: () => [] };
}

describe('a check that fails', () => {
  it.each(Object.keys(CASES))('%s', async (id) => {
    const asked = CASES[id] ?? {};
    const found = (id === 'kubernetes-rights' ? await deniedChecks() : await checksOf(asked)).find(
      (check) => check.id === id,
    );
    expect(found?.state).toBe(asked.state ?? 'failed');
    expect(found?.evidence).toBeTruthy();
    expect(found?.finding).toMatchObject({ code: `check:${id}`, remedy: expect.stringMatching(/.{4,}/) });
  });

  /** The list of skipped ports is to be known, not to be judged. */
  it('is there for every check', () => {
    expect(CHECK_RULES.map(({ id }) => id).filter((id) => !(id in CASES))).toEqual(['skipped-ports']);
  });
});

async function deniedChecks() {
  const state = recordedState();
  const parts = { ...state.parts, servers: { ...state.parts.servers, state: 'denied' as const } };
  return toChecks(await viewOf({ state: { ...state, parts } }));
}
