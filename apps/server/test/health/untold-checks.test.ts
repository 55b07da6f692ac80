// What may not be read, does not answer or is not what it should be: each check that needs it cannot tell, and none breaks or turns green.

import { describe, expect, it } from 'vitest';
import { toFinding } from '../../src/mesh/findings/finding.ts';
import { CHECK_RULES } from '../../src/mesh/health/checks/check-rules.ts';
import { toChecks } from '../../src/mesh/health/checks/checks.ts';
import type { HealthView } from '../../src/mesh/health/health-view.ts';
import { toInventory } from '../../src/mesh/inventory/inventory.ts';
import { KIND_NAMES, KINDS } from '../../src/sources/kubernetes/watch/kinds.ts';
import type { KindName } from '../../src/sources/kubernetes/watch/state.ts';
import { known } from '../../src/sources/told.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { UNTOLD, viewOf, WELL_MESH } from './health-view-of.ts';
import { changed, recordedApi } from './recorded-health.ts';

/** Resources that only health reads → the checks that cannot be told without them. */
const READ: Readonly<Record<string, readonly string[]>> = {
  configmaps: [
    'l5d-existence-linkerd-config',
    'l5d-cluster-networks-cidr',
    'l5d-cluster-networks-pods/pods',
    'l5d-cluster-networks-pods/services',
    'l5d-identity-trustAnchors-use-supported-crypto',
    'l5d-identity-trustAnchors-are-time-valid',
    'l5d-identity-trustAnchors-not-expiring-soon',
    'l5d-identity-issuer-cert-uses-supported-crypto',
    'l5d-identity-issuer-cert-issued-by-trust-anchor',
    'l5d-identity-data-plane-proxies-certs-match-ca',
    'l5d-viz-prometheus',
  ],
  mutatingwebhookconfigurations: [
    'l5d-existence-mwc',
    'l5d-proxy-injector-webhook-cert-valid',
    'l5d-webhook-cert-not-expiring-soon/proxy-injector',
  ],
  validatingwebhookconfigurations: [
    'l5d-existence-vwc',
    'l5d-sp-validator-webhook-cert-valid',
    'l5d-webhook-cert-not-expiring-soon/sp-validator',
    'l5d-policy-validator-webhook-cert-valid',
    'l5d-webhook-cert-not-expiring-soon/policy-validator',
  ],
  apiservices: ['l5d-tap-cert-valid', 'l5d-tap-cert-not-expiring-soon', 'l5d-tap-api'],
  clusterroles: ['l5d-existence-cr', 'l5d-viz-cr-exists', 'l5d-viz-prometheus'],
  clusterrolebindings: ['l5d-existence-crb', 'l5d-viz-crb-exists'],
  serviceaccounts: ['l5d-existence-sa/config'],
  nodes: ['l5d-cluster-networks-cidr', 'l5d-proxy-init-run-as-root'],
  replicasets: ['l5d-existence-replicasets'],
};

/** Kinds that are watched anyway → the checks that cannot be told without them. */
const WATCHED: Partial<Record<KindName, readonly string[]>> = {
  pods: [
    'l5d-api-control-ready',
    'l5d-cluster-networks-pods/pods',
    'l5d-cp-proxy-healthy',
    'l5d-cp-proxy-cli-version',
    'l5d-identity-data-plane-proxies-certs-match-ca',
    'l5d-data-plane-ready',
    'l5d-data-plane-cli-version',
    'l5d-data-plane-pod-labels',
    'linkerd-opaque-ports-definition',
    'l5d-data-plane-prom',
    'l5d-viz-pods-injection',
    'l5d-viz-pods-running',
    'l5d-viz-proxy-healthy',
    'l5d-viz-proxy-cli-version',
    'l5d-viz-data-plane-prom-authz',
    'pods-without-proxy',
    'pods-await-restart',
    'tap-enabled',
    'skipped-ports',
    'policy-matches',
  ],
  namespaces: ['l5d-existence-ns', 'l5d-extension-namespaces', 'l5d-data-plane-exists', 'l5d-viz-ns-exists'],
  services: [
    'l5d-cluster-networks-pods/services',
    'l5d-data-plane-services-labels',
    'l5d-data-plane-services-annotations',
    'linkerd-opaque-ports-definition',
  ],
  servers: ['policy-matches'],
  authorizations: ['policy-matches', 'l5d-viz-data-plane-prom-authz'],
};

function untoldOf(view: HealthView): Map<string, string | null> {
  return new Map(
    toChecks(view).flatMap(({ id, state, finding }) =>
      state === 'unknown' ? [[id, finding?.missingRight ?? null] as const] : [],
    ),
  );
}

async function without(kind: KindName): Promise<HealthView> {
  const whole = recordedState((name, items) => (name === kind ? [] : items));
  const state = {
    ...whole,
    parts: { ...whole.parts, [kind]: { ...whole.parts[kind], state: 'denied' as const } },
  };
  return viewOf({
    state,
    view: { home: 'linkerd', viz: 'linkerd-viz', inventory: known(toInventory(state)) },
  });
}

describe('a right that is missing', () => {
  it.each(Object.keys(READ))('%s is named by the checks that need it', async (resource) => {
    const untold = untoldOf(await viewOf({ json: recordedApi(new Set([resource])) }));
    for (const id of READ[resource] ?? [])
      expect([id, untold.get(id)]).toEqual([id, expect.stringContaining(resource)]);
  });

  it.each(Object.keys(WATCHED) as KindName[])('%s is named by the checks that need them', async (kind) => {
    const untold = untoldOf(await without(kind));
    for (const id of WATCHED[kind] ?? [])
      expect([id, untold.get(id)]).toEqual([id, expect.stringContaining(KINDS[kind].resource)]);
  });
});

describe('nothing that answers', () => {
  const nothing: Partial<HealthView> = {
    ...{ state: UNTOLD, inventory: UNTOLD, objects: UNTOLD, config: UNTOLD, tap: UNTOLD },
    ...{ proxies: UNTOLD, facts: UNTOLD, mesh: UNTOLD },
  };

  it('leaves no check green', async () => {
    const checks = toChecks(await viewOf({ view: nothing }));
    expect(checks.filter(({ state }) => state === 'ok')).toEqual([]);
    expect(checks.length).toBeGreaterThan(50);
  });

  it('says of a cluster alone what the cluster says', async () => {
    const checks = toChecks(await viewOf({ view: { proxies: UNTOLD, facts: UNTOLD, mesh: UNTOLD } }));
    expect(checks.find(({ id }) => id === 'l5d-data-plane-ready')?.state).toBe('ok');
    expect(checks.find(({ id }) => id === 'prometheus-answers')?.state).toBe('failed');
    expect(checks.find(({ id }) => id === 'plaintext-edges')?.state).toBe('unknown');
  });

  it('says of a store alone what the store says', async () => {
    const { state, inventory, objects, config, tap } = nothing as HealthView;
    const view = { state, inventory, objects, config, tap, home: null, viz: null };
    const checks = toChecks(await viewOf({ view }));
    expect(checks.find(({ id }) => id === 'proxy-certificates')?.state).toBe('ok');
    expect(checks.find(({ id }) => id === 'l5d-identity-issuer-cert-not-expiring-soon')?.state).toBe('ok');
    expect(checks.find(({ id }) => id === 'k8s-api/query')?.state).toBe('unknown');
  });
});

describe('a store without a series of Linkerd', () => {
  it('has nothing of which a check could say that it is well', async () => {
    const none = { proxies: known([]), facts: known({ one: () => null, of: () => [] }) };
    const checks = toChecks(await viewOf({ view: none }));
    for (const id of [
      'labels-complete',
      'series-complete',
      'scrapes-succeed',
      'plaintext-edges',
      'denied-requests',
      'rate-limits',
    ])
      expect(checks.find((check) => check.id === id)).toMatchObject({
        state: 'unknown',
        evidence: 'the store has no series of a proxy of Linkerd',
      });
  });

  it('leaves what was found as it was', async () => {
    const mesh = { ...WELL_MESH, diagnoses: [toFinding({ code: 'scraped-twice', what: 'x', remedy: 'y' })] };
    const checks = toChecks(await viewOf({ view: { proxies: known([]), mesh: known(mesh) } }));
    expect(checks.find(({ id }) => id === 'series-complete')?.state).toBe('warning');
  });

  it('says nothing of gateways that nobody probes', async () => {
    const link = {
      metadata: { name: 'west', namespace: 'linkerd-multicluster' },
      spec: { targetClusterName: 'west', gatewayAddress: '192.0.2.7', gatewayPort: '4143' },
    };
    const json = async (path: string) => (path.includes('/links') ? { items: [link] } : recordedApi()(path));
    const checks = toChecks(await viewOf({ json }));
    expect(checks.find(({ id }) => id === 'l5d-multicluster-gateways-endpoints')?.state).toBe('unknown');
  });
});

describe('what is not as it should be', () => {
  const broken = (text: string) =>
    changed('configmaps', (item) => ({
      metadata: item['metadata'],
      data: { 'ca-bundle.crt': text, values: text },
    }));

  it.each([
    '',
    'no PEM',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    '{"a": [',
    'x'.repeat(2 << 20),
  ])('a ConfigMap with rubbish cannot be told (%#)', async (text) => {
    const checks = toChecks(await viewOf({ json: broken(text), facts: { issuer: null } }));
    for (const id of ['l5d-identity-trustAnchors-are-time-valid', 'l5d-identity-issuer-cert-is-time-valid'])
      expect([id, checks.find((check) => check.id === id)?.state]).toEqual([id, 'unknown']);
  });

  it('objects of another shape break nothing', async () => {
    for (const rubbish of [
      {},
      { spec: 1, status: 'x', webhooks: {}, data: [] },
      { webhooks: [null, 3], data: { values: 7 } },
    ]) {
      const json = changed('', (item) => ({ metadata: item['metadata'], ...rubbish }));
      const state = recordedState((_kind, items) =>
        items.map((item) => ({ metadata: (item as { metadata: unknown }).metadata, ...rubbish })),
      );
      const checks = toChecks(await viewOf({ json, state }));
      expect(checks.filter(({ evidence }) => evidence?.includes('does not know'))).toEqual([]);
    }
  });

  it('a clock that is behind is a reason, not a crash', async () => {
    const checks = toChecks(
      await viewOf({ view: { nowMs: Date.parse('2020-01-01') }, facts: { issuer: null } }),
    );
    expect(checks.find(({ id }) => id === 'l5d-identity-trustAnchors-are-time-valid')?.evidence).toMatch(
      /clocks may differ/,
    );
  });

  it('a check that breaks cannot tell', async () => {
    const rule = {
      id: 'x',
      category: 'mesh',
      title: 'x',
      judge: () => {
        throw new Error('never seen');
      },
    };
    expect(toChecks(await viewOf(), [rule])).toMatchObject([
      { state: 'unknown', evidence: expect.stringContaining('never seen') },
    ]);
  });

  it('an empty cluster has checks that fail, and none that breaks', async () => {
    const state = recordedState(() => []);
    const checks = toChecks(await viewOf({ state, view: { home: null, viz: null } }));
    expect(checks.filter(({ evidence }) => evidence?.includes('does not know'))).toEqual([]);
    expect(KIND_NAMES.length).toBeGreaterThan(0);
    expect(checks.length).toBeLessThanOrEqual(CHECK_RULES.length);
  });
});

describe('kinds that may not be listed', () => {
  it('are named as kubectl has them', async () => {
    const checks = toChecks(await without('policyRoutes'));
    expect(checks.find(({ id }) => id === 'kubernetes-rights')).toMatchObject({
      state: 'warning',
      evidence: 'may not list httproutes.policy.linkerd.io',
      finding: {
        command: null,
        manifest: expect.stringMatching(/kind: ClusterRole\n.*httproutes.*kind: ClusterRoleBinding\n/s),
      },
    });
  });
});
