// What a check tells to run: it changes no version, undoes nobody's values, and is about what the check is about.

import { describe, expect, it } from 'vitest';
import { toChecks } from '../../src/mesh/health/checks/checks.ts';
import type { HealthView } from '../../src/mesh/health/health-view.ts';
import { known } from '../../src/sources/told.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { viewOf } from './health-view-of.ts';
import { recordedApi } from './recorded-health.ts';

type Change = NonNullable<Parameters<typeof viewOf>[0]>;

async function findingOf(id: string, change: Change) {
  return toChecks(await viewOf(change)).find((check) => check.id === id)?.finding;
}

const EXPIRED: Partial<HealthView> = {
  nowMs: Date.parse('2027-12-01'),
  facts: known({ one: () => null, of: () => [] }),
};

/** The control plane as another tool installed it. */
function createdBy(words: string) {
  return recordedState((kind, items) => {
    if (kind === 'pods')
      for (const { metadata } of items as {
        metadata: { namespace: string; annotations: Record<string, string> };
      }[])
        if (metadata.namespace === 'linkerd') metadata.annotations['linkerd.io/created-by'] = words;
    return items;
  });
}

describe('certificates of webhooks', () => {
  it('are renewed in the version that runs, and one Deployment is restarted once that is done', async () => {
    const finding = await findingOf('l5d-sp-validator-webhook-cert-valid', { view: EXPIRED });
    expect(finding?.command).toBe(
      'test "$(linkerd version --client --short)" = edge-26.8.3' +
        ' && linkerd upgrade --linkerd-namespace linkerd | kubectl apply -f -' +
        ' && kubectl -n linkerd rollout restart deploy/linkerd-destination',
    );
  });

  it('of tap are those of viz, and touch no control plane', async () => {
    const finding = await findingOf('l5d-tap-cert-valid', { view: EXPIRED });
    expect(finding?.command).toMatch(/^kubectl get apiservice v1alpha1\.tap\.linkerd\.io /);
    expect(finding?.remedy).toContain('with the values that it had');
  });
});

describe('a control plane that is put back', () => {
  const missing = { view: { facts: known({ one: () => -60, of: () => [] }) } };
  const ISSUER = 'l5d-identity-issuer-cert-is-time-valid';

  it('keeps out of the way of Helm', async () => {
    const state = createdBy('linkerd/helm stable-2.14.10');
    const finding = await findingOf(ISSUER, { state, ...missing });
    expect(finding?.command).toBe('helm list -A --filter linkerd');
    expect(finding?.remedy).toContain('It was installed with Helm');
  });

  it.each(['', 'acme/operator 1'])(
    'is looked at where nothing says how it was installed (%j)',
    async (words) => {
      const finding = await findingOf(ISSUER, { state: createdBy(words), ...missing });
      expect(finding?.command).toMatch(/^kubectl -n linkerd get pods -o jsonpath=/);
    },
  );

  it('runs nothing that a version could smuggle in', async () => {
    const { config } = await viewOf();
    if (config.state !== 'known') throw new Error('it was not told');
    const evil = known({ ...config.value, version: 'edge-1; rm -rf ~' });
    const finding = await findingOf(ISSUER, { view: { ...missing.view, config: evil } });
    expect(finding?.command).not.toContain('rm');
  });

  it('leaves an issuer to whoever fills its Secret', async () => {
    const { config } = await viewOf();
    if (config.state !== 'known') throw new Error('it was not told');
    const others = known({ ...config.value, issuerScheme: 'kubernetes.io/tls' });
    const finding = await findingOf(ISSUER, { view: { ...missing.view, config: others } });
    expect(finding?.command).toBe('kubectl -n linkerd describe secret linkerd-identity-issuer');
  });

  it('is looked for where it lives', async () => {
    const view = { home: 'mesh-system', facts: known({ one: () => -10, of: () => [] }) };
    const finding = await findingOf('proxy-certificates', { view });
    expect(finding?.command).toMatch(/^kubectl -n mesh-system logs /);
  });
});

describe('commands about workloads', () => {
  type Item = { metadata: { namespace: string; name: string; annotations: Record<string, string> } };
  type Containers = {
    status: { containerStatuses?: { ready: boolean }[]; initContainerStatuses?: { ready: boolean }[] };
  };
  const changedState = (kind: string, change: (item: Item) => void) =>
    recordedState((name, items) => {
      if (name === kind) for (const item of items as Item[]) change(item);
      return items;
    });

  const isWeb = ({ namespace, name }: Pick<Item['metadata'], 'namespace' | 'name'>) =>
    namespace === 'storefront' && name.startsWith('web');

  it('keep the ports that are opaque already, in one command for a workload, and none for what it does not fit', async () => {
    const state = recordedState();
    const web = state.objects.pods.find(({ meta }) => isWeb(meta))?.meta.name ?? '';
    const timeouts = (pod: string, port: string) =>
      ['detectTimeouts', { namespace: 'storefront', pod, srv_port: port }, 2] as const;
    const rows = [timeouts(web, '6380'), timeouts(web, '3307'), timeouts('a-job-1', '9000')];
    const finding = await findingOf('protocol-detection', { state, rows });
    expect(finding?.command?.split('\n')).toEqual([
      expect.stringMatching(
        /^kubectl -n storefront patch deploy\/web .*"25,587,3306,4444,5432,6379,9300,11211,(6380,3307|3307,6380)"/,
      ),
    ]);
    expect(finding?.remedy).toContain('restarted');
    const smuggled = await findingOf('protocol-detection', {
      state,
      rows: [timeouts(web, "1'; rm -rf ~; '")],
    });
    expect(smuggled?.command).toBeNull();
  });

  it('repeat the value of an annotation that is to be a label, where it can be one', async () => {
    const exported = async (value: string) =>
      findingOf('l5d-data-plane-services-annotations', {
        state: changedState('services', ({ metadata }) => {
          if (isWeb(metadata)) metadata.annotations = { 'mirror.linkerd.io/exported': value };
        }),
      });
    expect((await exported('remote-discovery'))?.command).toBe(
      'kubectl -n storefront label service web mirror.linkerd.io/exported=remote-discovery',
    );
    expect((await exported('$(reboot)'))?.command).toBeNull();
  });

  it('name the pods whose proxies are not ready', async () => {
    const state = changedState('pods', (item) => {
      if (!isWeb(item.metadata)) return;
      const { status } = item as unknown as Containers;
      for (const one of [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])])
        one.ready = false;
    });
    const finding = await findingOf('l5d-data-plane-ready', { state });
    expect(finding?.command).toMatch(/^kubectl -n storefront describe pod web-/);
    expect(finding?.pods?.[0]).toMatch(/^storefront\/web-/);
  });

  it('delete nothing: orphans of a link are shown', async () => {
    const state = changedState('services', ({ metadata }) => {
      if (isWeb(metadata)) Object.assign(metadata, { labels: { 'mirror.linkerd.io/cluster-name': 'gone' } });
    });
    const json = async (path: string) => (path.includes('/links') ? { items: [] } : recordedApi()(path));
    const finding = await findingOf('l5d-multicluster-orphaned-services', { state, json });
    expect(finding?.command).toBe('kubectl -n storefront get service web --show-labels');
  });

  it('are about all the pods that are named', async () => {
    const state = changedState('pods', ({ metadata }) => {
      if (/^(web|orders)/.test(metadata.name)) delete metadata.annotations['viz.linkerd.io/tap-enabled'];
    });
    const finding = await findingOf('tap-enabled', { state });
    expect(finding?.command?.split('\n')).toEqual(
      expect.arrayContaining([
        'kubectl -n storefront rollout restart deploy/web',
        expect.stringMatching(/rollout restart deploy\/orders/),
      ]),
    );
  });

  it('say of each reason which pods it keeps from a proxy', async () => {
    const finding = await findingOf('pods-without-proxy', {});
    expect(finding?.evidence).toMatch(/: storefront\/cart-.*\. [A-Z]/);
    expect(finding?.command).toContain('kubectl -n storefront rollout restart deploy/cart');
  });
});

describe('scrapes that fail', () => {
  const down = (namespace: string) => ['down', { namespace, pod: 'web-1' }, 1] as const;

  it('are told with their causes, for every namespace', async () => {
    const finding = await findingOf('scrapes-succeed', {
      rows: [down('shop'), down('fleet'), down('a b; reboot')],
    });
    expect(finding?.command).toBeNull();
    expect(finding?.causes?.map(({ command }) => command)).toEqual([
      'kubectl -n shop get networkpolicies\nkubectl -n fleet get networkpolicies',
      'linkerd viz allow-scrapes --target-namespace shop | kubectl apply -f -\n' +
        'linkerd viz allow-scrapes --target-namespace fleet | kubectl apply -f -',
    ]);
  });

  it('of another Prometheus are not locked out by what lets the one of viz in', async () => {
    const finding = await findingOf('scrapes-succeed', { rows: [down('shop')], view: { viz: null } });
    expect(finding?.causes?.[1]).toMatchObject({
      command: null,
      remedy: expect.stringContaining('the identity of your Prometheus'),
    });
  });
});
