// The chart, rendered by real Helm: valid for Kubernetes, minimal in rights, and understood by the server it starts.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../apps/server/src/config.ts';
import { KINDS } from '../../apps/server/src/sources/kubernetes/watch/kinds.ts';
import { findHelm } from '../../scripts/binaries/helm-binary.ts';
import {
  all,
  CHART,
  type Manifest,
  NAMESPACE,
  only,
  renderChart,
  renderNotes,
  type Values,
} from './chart.ts';
import { rightsTable } from './chart-rights.ts';
import { schemaMistakes } from './kubernetes-schema.ts';
import { tableRows } from './markdown-table.ts';

// Building it takes minutes, once: no test's time should count that.
const found = await findHelm({ required: Boolean(process.env['CI']), say: console.warn });
const helm = found ?? '';

const READING = [
  'core | namespaces, nodes, pods, replicationcontrollers, serviceaccounts, services | get, list, watch',
  'core | events | list',
  'apps | daemonsets, deployments, replicasets, statefulsets | get, list, watch',
  'batch | cronjobs, jobs | get, list, watch',
  'discovery.k8s.io | endpointslices | get, list, watch',
  'linkerd.io | serviceprofiles | get, list, watch',
  'policy.linkerd.io | authorizationpolicies, egressnetworks, httplocalratelimitpolicies, httproutes, meshtlsauthentications, networkauthentications, serverauthorizations, servers | get, list, watch',
  'gateway.networking.k8s.io | grpcroutes, httproutes, tcproutes, tlsroutes | get, list, watch',
  'split.smi-spec.io | trafficsplits | get, list, watch',
  'workload.linkerd.io | externalworkloads | get, list, watch',
  'multicluster.linkerd.io | links | get, list, watch',
  'apiextensions.k8s.io | customresourcedefinitions | get, list',
  'admissionregistration.k8s.io | mutatingwebhookconfigurations, validatingwebhookconfigurations | get, list',
  'apiregistration.k8s.io | apiservices | get',
];
const CONFIGURATION = 'core | configmaps named linkerd-config, linkerd-identity-trust-roots | get';
const TAP =
  'tap.linkerd.io | cronjobs/tap, daemonsets/tap, deployments/tap, jobs/tap, namespaces/tap, pods/tap, replicasets/tap, replicationcontrollers/tap, services/tap, statefulsets/tap, tap | watch';

const credentials: Values = {
  url: 'https://thanos.monitoring.svc:9091/prefix',
  tokenSecret: { name: 'thanos-token', key: 'token' },
  ca: { configMap: 'thanos-ca', key: 'service-ca.crt' },
  headers: ['X-Scope-OrgID: team', 'X-Other: 1'],
  matchers: ['cluster="east"', 'tenant=~"a|b"'],
};
const MATRIX: Readonly<Record<string, Values>> = {
  'the defaults': {},
  'several replicas': { replicas: 3 },
  'an own Prometheus with a token': { prometheus: credentials },
  'a Prometheus with a password': {
    prometheus: { user: 'reader', passwordSecret: { name: 'p', key: 'k' }, ca: { secret: 'ca' } },
  },
  'an ingress under a path': {
    server: { basePath: '/latchwork', allowedHosts: ['other.example.com:8443'] },
    ingress: {
      enabled: true,
      className: 'nginx',
      hosts: ['mesh.example.com'],
      tls: [{ secretName: 'mesh-tls', hosts: ['mesh.example.com'] }],
      annotations: { 'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600' },
    },
    networkPolicy: { namespaces: ['ingress-nginx'], from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
  },
  'tap everywhere': { tap: { enabled: true }, rbac: { readClusterRoles: true } },
  'tap in two namespaces': { tap: { enabled: true, namespaces: ['shop', 'harbour'] } },
  'no word of tap': { tap: { offered: false } },
  'without Kubernetes': { kubernetes: { enabled: false } },
  'a CNI plugin': { linkerd: { cniNamespace: 'linkerd-cni' } },
  'without a proxy': { linkerd: { inject: false }, podDisruptionBudget: { enabled: false }, replicas: 2 },
  'a monitor': {
    podMonitor: { enabled: true, labels: { release: 'kube-prometheus' } },
    networkPolicy: { namespaces: ['monitoring'], egress: [{ to: [{ namespaceSelector: {} }] }] },
  },
  'rules that answer ahead': { recordingRules: { enabled: true, labels: { release: 'kube-prometheus' } } },
  'own everything': {
    serviceAccount: { create: false, name: 'reader' },
    rbac: { create: false },
    image: { repository: 'registry.example.com/mesh/latchwork', tag: 'v9', pullSecrets: ['registry'] },
    service: { type: 'LoadBalancer', port: 80, annotations: { a: 'b' } },
    extraArgs: ['--log-level', 'info'],
    extraEnv: [
      { name: 'LATCHWORK_PROMETHEUS_HEADER', valueFrom: { secretKeyRef: { name: 's', key: 'header' } } },
    ],
    extraVolumes: [{ name: 'more', configMap: { name: 'more' } }],
    extraVolumeMounts: [{ name: 'more', mountPath: '/more' }],
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'spot', operator: 'Exists' }],
    affinity: { nodeAffinity: {} },
    priorityClassName: 'high',
    podAnnotations: { 'config.linkerd.io/proxy-cpu-request': '10m' },
    podLabels: { team: 'platform' },
  },
};

function container(manifests: readonly Manifest[]): Manifest {
  return only(manifests, 'Deployment').spec.template.spec.containers[0];
}

function configurationRights(manifests: readonly Manifest[]): string[] {
  return all(manifests, 'Role').flatMap(({ metadata, rules }) =>
    rightsTable(rules).map((line) => `${metadata.namespace}: ${line}`),
  );
}

/** What the server would make of the container's environment. */
function configOf(manifests: readonly Manifest[]): Config {
  const environment = Object.fromEntries(
    (container(manifests).env as { name: string; value?: string }[]).map(({ name, value }) => [name, value]),
  );
  const result = readConfig({ args: [], environment, checkFile: () => undefined });
  if (result.kind !== 'config') throw new Error(`the server refuses: ${JSON.stringify(result)}`);
  return result.config;
}

describe.skipIf(!found)('the chart', () => {
  it('renders what Kubernetes, the Prometheus operator and Linkerd accept, field by field', async () => {
    const rendered = await Promise.all(Object.values(MATRIX).map((values) => renderChart(helm, values)));
    expect(await schemaMistakes(rendered.flat())).toEqual([]);
    const kinds = new Set(rendered.flat().map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(
      ['AuthorizationPolicy', 'ClusterRole', 'ClusterRoleBinding', 'Deployment', 'Ingress', 'NetworkPolicy']
        .concat([
          'PodDisruptionBudget',
          'PodMonitor',
          'PrometheusRule',
          'Role',
          'RoleBinding',
          'Service',
          'ServiceAccount',
        ])
        .sort(),
    );
  });

  it('is held against schemas that notice a wrong field, a wrong value and a missing one', async () => {
    const manifests = await renderChart(helm, MATRIX['an ingress under a path']);
    container(manifests)['securityContext'].readOnlyRootFileSystem = true;
    only(manifests, 'Deployment').spec.replicas = '2';
    only(manifests, 'AuthorizationPolicy').spec.targetRef.nam = 'x';
    delete only(manifests, 'Ingress').spec.rules[0].http.paths[0].pathType;
    const mistakes = (await schemaMistakes(manifests)).join('\n');
    for (const word of ['readOnlyRootFileSystem', 'spec/replicas', 'targetRef', 'pathType'])
      expect(mistakes).toContain(word);
  });

  it.each(Object.entries(MATRIX))('starts a server that understands its settings: %s', async (_, values) => {
    const config = configOf(await renderChart(helm, values));
    expect(config).toMatchObject({ host: '0.0.0.0', port: 8470 });
  });

  it('grants reading, resource by resource, and nothing else', async () => {
    const manifests = await renderChart(helm);
    expect(rightsTable(only(manifests, 'ClusterRole')['rules'])).toEqual(READING);
    expect(configurationRights(manifests)).toEqual([
      `linkerd: ${CONFIGURATION}`,
      'linkerd-viz: core | configmaps named prometheus-config | get',
    ]);
  });

  it('reads the settings of viz only where its Prometheus is asked, and of a CNI plugin where there is one', async () => {
    const elsewhere = await renderChart(helm, { prometheus: { url: 'http://thanos.monitoring:9090' } });
    expect(configurationRights(elsewhere)).toEqual([`linkerd: ${CONFIGURATION}`]);
    const withPlugin = await renderChart(helm, MATRIX['a CNI plugin']);
    expect(configurationRights(withPlugin)).toContain(
      'linkerd-cni: core | configmaps named linkerd-cni-config | get',
    );
    for (const { roleRef, metadata } of all(withPlugin, 'RoleBinding'))
      expect(
        all(withPlugin, 'Role').some(
          (role) => role.metadata.name === roleRef.name && role.metadata.namespace === metadata.namespace,
        ),
      ).toBe(true);
  });

  it('never grants a wildcard, a Secret or a change, whatever the values', async () => {
    for (const values of Object.values(MATRIX)) {
      const manifests = await renderChart(helm, values);
      const rules = [...all(manifests, 'ClusterRole'), ...all(manifests, 'Role')].flatMap(
        ({ rules }) => rules,
      );
      const words = rules.flatMap(({ apiGroups, resources }) => [...apiGroups, ...resources]);
      expect(words).not.toContain('*');
      expect(words).not.toContain('secrets');
      const verbs = new Set(rules.flatMap(({ verbs }) => verbs));
      expect([...verbs].filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
    }
  });

  it('may watch every kind that the server watches', async () => {
    const { rules } = only(await renderChart(helm), 'ClusterRole');
    for (const { group, resource } of Object.values(KINDS))
      expect(
        rules.some(
          (rule: { apiGroups: string[]; resources: string[]; verbs: string[] }) =>
            rule.apiGroups.includes(group) &&
            rule.resources.includes(resource) &&
            rule.verbs.includes('watch'),
        ),
        `${group}/${resource}`,
      ).toBe(true);
  });

  it('keeps tap apart: absent, everywhere, or in the namespaces that were named', async () => {
    const names = (manifests: readonly Manifest[]) =>
      manifests.filter(({ metadata }) => metadata.name.endsWith('-tap'));
    expect(names(await renderChart(helm))).toEqual([]);
    const everywhere = names(await renderChart(helm, MATRIX['tap everywhere']));
    expect(everywhere.map(({ kind }) => kind).sort()).toEqual(['ClusterRole', 'ClusterRoleBinding']);
    expect(rightsTable(only(everywhere, 'ClusterRole')['rules'])).toEqual([TAP]);
    const named = names(await renderChart(helm, MATRIX['tap in two namespaces']));
    expect(all(named, 'Role').map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'harbour']);
    expect(all(named, 'RoleBinding').map(({ metadata }) => metadata.namespace)).toEqual(['shop', 'harbour']);
    expect(all(named, 'ClusterRole')).toEqual([]);
  });

  it('binds every role to its own service account and to nobody else', async () => {
    const manifests = await renderChart(helm, MATRIX['tap everywhere']);
    const account = only(manifests, 'ServiceAccount').metadata;
    for (const { subjects } of [...all(manifests, 'ClusterRoleBinding'), ...all(manifests, 'RoleBinding')])
      expect(subjects).toEqual([
        { kind: 'ServiceAccount', name: account.name, namespace: account.namespace },
      ]);
  });

  it('without Kubernetes has neither rights nor a token', async () => {
    const manifests = await renderChart(helm, MATRIX['without Kubernetes']);
    expect(manifests.filter(({ apiVersion }) => apiVersion.startsWith('rbac.'))).toEqual([]);
    expect(only(manifests, 'Deployment').spec.template.spec.automountServiceAccountToken).toBe(false);
    const names = (container(manifests)['env'] as { name: string }[]).map(({ name }) => name);
    expect(names).toContain('LATCHWORK_NO_KUBERNETES');
  });

  it("asks viz's Prometheus for admission in the words that viz uses for its own parts", async () => {
    const recording = join(import.meta.dirname, '..', '..', 'recordings', 'kube.json.gz');
    const { lists } = JSON.parse(gunzipSync(await readFile(recording)).toString()) as {
      lists: Record<string, { items: Manifest[] }>;
    };
    const recorded = lists['authorizationpolicies.policy.linkerd.io']?.items.find(
      ({ metadata }) => metadata.name === 'prometheus-admin',
    );
    const ours = only(await renderChart(helm), 'AuthorizationPolicy');
    expect(ours.metadata.namespace).toBe(recorded?.metadata.namespace);
    expect(ours['spec'].targetRef).toEqual(recorded?.['spec'].targetRef);
    expect(ours['spec'].requiredAuthenticationRefs).toEqual([
      { ...recorded?.['spec'].requiredAuthenticationRefs[0], name: 'latchwork', namespace: NAMESPACE },
    ]);
  });

  it.each([
    ['another Prometheus', { prometheus: credentials }, 0],
    ['a pod without a proxy, which no policy could name', { linkerd: { inject: false } }, 0],
    ['the policy switched off', { prometheus: { authorizationPolicy: false } }, 0],
    [
      'viz elsewhere',
      { linkerd: { vizNamespace: 'viz' }, prometheus: { url: 'http://prometheus.viz:9090' } },
      1,
    ],
    ['a namespace that only begins like viz', { prometheus: { url: 'http://p.linkerd-viz-2.svc:9090' } }, 0],
  ])('leaves the policy out, or not, with %s', async (_, values, count) => {
    expect(all(await renderChart(helm, values), 'AuthorizationPolicy')).toHaveLength(count);
  });

  it('runs as nobody, on a file system that it cannot write, without any capability', async () => {
    const manifests = await renderChart(helm);
    expect(only(manifests, 'Deployment').spec.template.spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container(manifests)['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('lets no Service of the namespace set LATCHWORK_PORT', async () => {
    const manifests = await renderChart(helm);
    expect(only(manifests, 'Service').metadata.name).toBe('latchwork');
    expect(only(manifests, 'Deployment').spec.template.spec.enableServiceLinks).toBe(false);
  });

  it('is probed under a name that the server always answers to', async () => {
    for (const [readiness, path] of Object.entries({ page: '/healthz', prometheus: '/readyz' })) {
      const { startupProbe, livenessProbe, readinessProbe } = container(
        await renderChart(helm, { probes: { readiness } }),
      );
      for (const probe of [startupProbe, livenessProbe, readinessProbe])
        expect(probe.httpGet.httpHeaders).toEqual([{ name: 'Host', value: 'localhost' }]);
      expect([startupProbe, livenessProbe].map(({ httpGet }) => httpGet.path)).toEqual(
        Array(2).fill('/healthz'),
      );
      expect(readinessProbe.httpGet.path).toBe(path);
    }
  });

  it('allows the names of its Service and of the ingress, and serves the path of the ingress', async () => {
    const manifests = await renderChart(helm, MATRIX['an ingress under a path']);
    const { allowedHosts, basePath } = configOf(manifests);
    expect(allowedHosts).toEqual(
      ['latchwork', `latchwork.${NAMESPACE}`, `latchwork.${NAMESPACE}.svc`].concat([
        `latchwork.${NAMESPACE}.svc.cluster.local`,
        'mesh.example.com',
        'other.example.com:8443',
      ]),
    );
    expect(basePath).toBe('/latchwork');
    expect(only(manifests, 'Ingress')['spec'].rules[0].http.paths[0].path).toBe('/latchwork');
  });

  it('hands credentials over as files, never as values', async () => {
    const manifests = await renderChart(helm, MATRIX['an own Prometheus with a token']);
    expect(configOf(manifests).prometheus).toEqual({
      url: 'https://thanos.monitoring.svc:9091/prefix',
      user: null,
      passwordFile: null,
      tokenFile: '/etc/latchwork/prometheus/token',
      caFile: '/etc/latchwork/prometheus/ca.crt',
      headers: { 'X-Scope-OrgID': 'team', 'X-Other': '1' },
      matchers: ['cluster="east"', 'tenant=~"a|b"'],
    });
    const [volume] = only(manifests, 'Deployment').spec.template.spec.volumes;
    expect(volume.projected.sources).toEqual([
      { secret: { name: 'thanos-token', items: [{ key: 'token', path: 'token' }] } },
      { configMap: { name: 'thanos-ca', items: [{ key: 'service-ca.crt', path: 'ca.crt' }] } },
    ]);
    expect(container(manifests)['volumeMounts']).toEqual([
      { name: 'prometheus', mountPath: '/etc/latchwork/prometheus', readOnly: true },
    ]);
  });

  it('shuts the cluster out unless told otherwise: the page has no login', async () => {
    const ports = (manifests: readonly Manifest[]) =>
      only(manifests, 'NetworkPolicy')['spec'].ingress.flatMap((rule: { ports: { port: number }[] }) =>
        rule.ports.map(({ port }) => port),
      );
    expect(ports(await renderChart(helm))).not.toContain(8470);
    expect(ports(await renderChart(helm, MATRIX['an ingress under a path']))).toContain(8470);
    const alone = only(await renderChart(helm, { linkerd: { inject: false } }), 'NetworkPolicy');
    expect(alone['spec'].ingress).toEqual([]);
  });

  it.each<[string, Values, RegExp]>([
    ['no pods', { replicas: 0 }, /replicas.*minimum: got 0, want 1/],
    ['a typing error', { tap: { enable: true } }, /tap.*'enable' not allowed/],
    ['a URL without a scheme', { prometheus: { url: 'prometheus:9090' } }, /prometheus\/url.*does not match/],
    [
      'a URL with a password',
      { prometheus: { url: 'http://a:b@p:9090' } },
      /prometheus\/url.*does not match/,
    ],
    ['an unknown log level', { server: { logLevel: 'loud' } }, /logLevel.*must be one of 'fatal'/],
    ['a path that ends in a slash', { server: { basePath: '/a/' } }, /basePath.*does not match/],
    ['a user without a password', { prometheus: { user: 'a' } }, /prometheus\.passwordSecret\.name/],
    ['a password without a user', { prometheus: { passwordSecret: { name: 'a' } } }, /set prometheus\.user/],
    [
      'a user and a token',
      { prometheus: { user: 'a', passwordSecret: { name: 'a' }, tokenSecret: { name: 'b' } } },
      /not both/,
    ],
    ['two authorities', { prometheus: { ca: { secret: 'a', configMap: 'b' } } }, /keep one of them/],
    [
      'tap without Kubernetes',
      { tap: { enabled: true }, kubernetes: { enabled: false } },
      /needs kubernetes/,
    ],
    ['a right to tap that is not offered', { tap: { enabled: true, offered: false } }, /contradicts/],
    ['an ingress without a name', { ingress: { enabled: true } }, /ingress\.hosts=/],
    [
      'an ingress that the NetworkPolicy would shut out',
      { ingress: { enabled: true, hosts: ['a.example.com'] } },
      /networkPolicy\.namespaces=/,
    ],
    ['a monitor that it would shut out', { podMonitor: { enabled: true } }, /networkPolicy\.namespaces=/],
    ['an account that nobody named', { serviceAccount: { create: false } }, /serviceAccount\.name/],
  ])('refuses %s and says what to change', async (_, values, words) => {
    await expect(renderChart(helm, values)).rejects.toThrow(words);
  });

  it('says after the installation how to open the page, and what is off', async () => {
    const plain = await renderNotes(helm);
    expect(plain).toContain(`kubectl -n ${NAMESPACE} port-forward service/latchwork 8470:8470`);
    expect(plain).toContain('--set tap.enabled=true');
    const published = await renderNotes(helm, {
      ...MATRIX['an ingress under a path'],
      tap: { enabled: true },
    });
    expect(published).toContain('https://mesh.example.com/latchwork/');
    expect(published).not.toContain('tap.enabled');
    expect(await renderNotes(helm, MATRIX['no word of tap'])).not.toContain('tap');
    expect(await renderNotes(helm, { linkerd: { inject: false } })).toContain('set linkerd.inject=true');
  });

  it('states the same rights in its README', async () => {
    const readme = await readFile(join(CHART, 'README.md'), 'utf8');
    expect(tableRows(readme, 'rights')).toEqual(READING.map((line) => line.split(' | ')));
  });
});
