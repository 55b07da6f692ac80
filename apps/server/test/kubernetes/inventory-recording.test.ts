// The inventory of the recorded cluster, held against what Linkerd's own command line said at the same moments.

import { Inventory, type MeshedCount } from '@latchwork/shared/inventory';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { createIdentities } from '../../src/mesh/inventory/identity.ts';
import { toInventory } from '../../src/mesh/inventory/inventory.ts';
import { recorded, recordedState } from './recorded-cluster.ts';

const inventory = toInventory(recordedState());
const rounds = Object.entries(recorded.cli);
const NONE = { meshed: 0, running: 0, failed: 0 };
const fraction = ({ counts }: { counts: MeshedCount | null }): string =>
  `${counts?.meshed}/${counts?.running}`;
const isMeshed = ({ counts }: { counts: MeshedCount | null }): boolean => (counts ?? NONE).meshed > 0;

/** Rows of `viz stat`: columns NAMESPACE NAME … MESHED; namespaces have no first column. */
function meshedColumn(text: string, wide: boolean): Map<string, string> {
  const rows = text.trimEnd().split('\n').slice(1);
  return new Map(
    rows.map((row) => {
      const cells = row.trim().split(/\s+/);
      const meshed = cells.find((cell) => /^\d+\/\d+$/.test(cell)) ?? '';
      return wide ? [`${cells[0]}/${cells[1]}`, meshed] : [`${cells[0]}`, meshed];
    }),
  );
}

describe.each(rounds)('the recorded inventory beside linkerd at %s', (_, cli) => {
  it.each([
    ['deployment', 'viz_stat_deploy_-A_-o_wide.txt'],
    ['daemonset', 'viz_stat_ds_-A_-o_wide.txt'],
    ['statefulset', 'viz_stat_sts_-A_-o_wide.txt'],
    ['job', 'viz_stat_job_-A_-o_wide.txt'],
  ])('counts the meshed pods of every %s as viz stat does', (kind, file) => {
    const said = meshedColumn(cli[file] ?? '', true);
    const ours = inventory.workloads.filter((workload) => workload.kind === kind && isMeshed(workload));
    expect(
      new Map(ours.map((workload) => [`${workload.namespace}/${workload.name}`, fraction(workload)])),
    ).toEqual(said);
  });

  it('counts the meshed pods of every namespace as viz stat does', () => {
    const said = meshedColumn(cli['viz_stat_ns_-A_-o_wide.txt'] ?? '', false);
    const ours = inventory.namespaces.filter(isMeshed);
    expect(new Map(ours.map((namespace) => [namespace.name, fraction(namespace)]))).toEqual(said);
  });

  it('prints the status of every meshed pod as viz stat does', () => {
    const rows = (cli['viz_stat_po_-A_-o_wide.txt'] ?? '').trimEnd().split('\n').slice(1);
    const said = rows
      .map((row) => row.trim().split(/\s+/))
      .map(([namespace, name, status]) => `${namespace}/${name} ${status}`);
    const ours = inventory.workloads.flatMap(({ namespace, pods }) =>
      pods.filter(({ meshed }) => meshed).map(({ name, status }) => `${namespace}/${name} ${status}`),
    );
    expect(ours.toSorted()).toEqual(said.toSorted());
  });

  it('agrees with viz list about which pods can be tapped', () => {
    const [enabled = '', missing = ''] = (cli['viz_list_-A.txt'] ?? '').split(
      'Pods missing tap configuration',
    );
    const names = (text: string): string[] =>
      [...text.matchAll(/\* (\S+)/g)].map((match) => match[1] ?? '').sort();
    const pods = inventory.workloads.flatMap(({ namespace, pods: list }) =>
      list.map((pod) => ({ ...pod, id: `${namespace}/${pod.name}` })),
    );
    expect(
      pods
        .filter(({ tap }) => tap === null)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(names(enabled));
    expect(
      pods
        .filter(({ tap, meshed }) => meshed && tap?.code === 'not-enabled')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(names(missing));
  });

  it('knows the identity of every client that viz edges names', () => {
    const edges: { src: string; src_namespace: string; client_id: string }[] = JSON.parse(
      cli['viz_edges_po_-A_-o_json.json'] ?? '',
    );
    const identities = new Map(
      inventory.workloads.flatMap(({ namespace, pods }) =>
        pods.map((pod) => [`${namespace}/${pod.name}`, pod.identity] as const),
      ),
    );
    expect(edges.length).toBeGreaterThan(20);
    for (const { src, src_namespace, client_id } of edges) {
      const identity = identities.get(`${src_namespace}/${src}`);
      expect(identity, src).toBe(`${client_id}.serviceaccount.identity.linkerd.cluster.local`);
    }
  });
});

describe('toInventory(the recorded cluster)', () => {
  const workload = (id: string) => inventory.workloads.find((one) => one.id === id);

  it('keeps the contract', () => {
    expect([...Value.Errors(Inventory, inventory)]).toEqual([]);
  });

  it('finds the control plane and viz by label', () => {
    expect(inventory.controlPlane).toEqual({ namespace: 'linkerd', version: 'edge-26.8.3' });
    expect(inventory.viz).toEqual({ namespace: 'linkerd-viz' });
  });

  it('lists workloads without a proxy, with the reason', () => {
    expect(workload('legacy/deployment/erp')?.counts).toEqual({ meshed: 0, running: 1, failed: 0 });
    expect(workload('legacy/deployment/erp')?.pods[0]?.unmeshed?.code).toBe('not-asked');
    expect(workload('kube-system/deployment/kube-dns')?.pods[0]?.unmeshed?.code).toBe('namespace-excluded');
  });

  it('sees that one of two pods of a workload missed the injector', () => {
    const cart = workload('storefront/deployment/cart');
    expect(cart?.counts).toEqual({ meshed: 1, running: 2, failed: 0 });
    const [open] = cart?.pods.filter(({ meshed }) => !meshed) ?? [];
    expect(open?.unmeshed).toMatchObject({
      code: 'injector-missed',
      command: 'kubectl -n storefront rollout restart deploy/cart',
    });
  });

  it('finds proxies among the containers and among the init containers', () => {
    expect(workload('linkerd/deployment/linkerd-identity')?.pods[0]?.nativeSidecar).toBe(false);
    expect(workload('storefront/deployment/cart')?.pods.find(({ meshed }) => meshed)?.nativeSidecar).toBe(
      true,
    );
    expect(inventory.proxies).toEqual([{ version: 'edge-26.8.3', pods: 25 }]);
  });

  it('lists ports that somebody skips or made opaque, and none that every pod skips', () => {
    expect(workload('fulfilment/deployment/shipping')?.pods[0]?.skippedInbound).toEqual(['9102']);
    expect(workload('fulfilment/deployment/orders')?.pods[0]?.skippedOutbound).toEqual(['7000']);
    expect(workload('storefront/deployment/catalog')?.pods[0]).toMatchObject({
      skippedInbound: [],
      skippedOutbound: [],
    });
    expect(workload('fulfilment/statefulset/broker')?.pods[0]?.opaquePorts).toEqual(['9400']);
    expect(workload('fulfilment/statefulset/ledger')?.pods[0]?.opaquePorts).toEqual(['5432']);
  });

  it('finds the workloads of an identity, and the identities of a workload', () => {
    const identities = createIdentities(inventory);
    const report = 'report.backoffice.serviceaccount.identity.linkerd.cluster.local';
    expect(identities.workloadsOf(report)).toEqual(['backoffice/job/report']);
    expect(identities.clientIdsOf('backoffice/job/report')).toEqual([report]);
    expect(identities.clientIdsOf('legacy/deployment/erp')).toEqual([]);
  });

  it('knows workloads by the labels of their pods where ReplicaSets may not be seen', () => {
    const blind = toInventory(recordedState((kind, items) => (kind === 'replicasets' ? [] : items)));
    expect(blind.workloads.map(({ id }) => id)).toEqual(inventory.workloads.map(({ id }) => id));
  });
});
