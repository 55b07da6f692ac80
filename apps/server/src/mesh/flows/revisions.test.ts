import { describe, expect, it } from 'vitest';
import { sample } from '../../../test/inputs/fake-store.ts';
import { from, GOOD, meshOf, received } from '../../../test/inputs/mesh-of.ts';
import type { Labels } from '../../sources/prometheus/sample.ts';
import { withClusterLabels } from '../cluster/cluster-labels.ts';
import type { Mesh } from '../mesh.ts';
import { sourceOf, targetOf } from './peer.ts';
import { toPodOwners } from './pod-owners.ts';

describe('owners that Linkerd does not know', () => {
  it('takes the ReplicaSets of a Rollout for one workload, from metrics alone', () => {
    for (const hash of ['6d5f8c7b9', '7f9b4d6c5'])
      expect(sourceOf({ namespace: 'shop', replicaset: `cart-${hash}` })?.id).toBe('shop/rollout/cart');
    expect(targetOf({ dst_namespace: 'shop', dst_replicaset: 'cart-6d5f8c7b9' })?.id).toBe(
      'shop/rollout/cart',
    );
  });

  it.each(['cart', 'cart-frontend', 'cart-v2', 'cart-green', 'cart-12345678'])(
    'leaves a ReplicaSet that somebody made by hand as it is: %s',
    (name) => {
      expect(sourceOf({ namespace: 'shop', replicaset: name })?.id).toBe(`shop/replicaset/${name}`);
    },
  );

  it('takes the Jobs of a CronJob for one workload, and no other Job', () => {
    for (const minute of ['28912345', '29801234'])
      expect(sourceOf({ namespace: 'shop', k8s_job: `report-${minute}` })?.id).toBe('shop/cronjob/report');
    for (const name of ['report', 'report-20251231', 'migrate-1', 'report-289123450'])
      expect(sourceOf({ namespace: 'shop', k8s_job: name })?.id).toBe(`shop/job/${name}`);
  });

  it('takes the Deployments of a Knative Service for one workload, and keeps them as its revisions', () => {
    const row = (revision: string, rps: number) =>
      sample({ namespace: 'shop', tls: 'true', client_id: 'x', ...GOOD, deployment: revision }, rps);
    const rows = [row('hello-00001-deployment', 8), row('hello-00002-deployment', 2)];
    const nodes = meshOf({ inbound: rows }).picture(false).nodes;
    expect(nodes.get('shop/ksvc/hello')).toMatchObject({
      golden: { rps: 10 },
      revisions: [{ name: 'hello-00001-deployment' }, { name: 'hello-00002-deployment' }],
    });
    expect(targetOf({ dst_namespace: 'shop', dst_deployment: 'hello-00002-deployment' })?.id).toBe(
      'shop/ksvc/hello',
    );
    for (const name of ['hello-deployment', 'hello-1-deployment', 'hello-00001'])
      expect(sourceOf({ namespace: 'shop', deployment: name })?.id).toBe(`shop/deployment/${name}`);
  });

  it('keeps their revisions as a detail, with and without Kubernetes', () => {
    const row = (revision: string, rps: number) =>
      sample({ namespace: 'shop', tls: 'true', client_id: 'x', ...GOOD, replicaset: revision }, rps);
    const rows = [row('cart-6d5f8c7b9', 8), row('cart-7f9b4d6c5', 2)];
    const revisions = [
      { name: 'cart-6d5f8c7b9', rps: 8, successRate: 1, requests: 480, failures: 0 },
      { name: 'cart-7f9b4d6c5', rps: 2, successRate: 1, requests: 120, failures: 0 },
    ];
    const node = (mesh: Mesh) => mesh.picture(false).nodes.get('shop/rollout/cart');
    expect(node(meshOf({ inbound: rows }))).toMatchObject({ golden: { rps: 10 }, revisions });
    const aliases = new Map(
      rows.map(({ labels }) => [`shop/replicaset/${labels['replicaset']}`, 'shop/rollout/cart']),
    );
    const named = rows.map((one) => withClusterLabels(one, { aliases, isProbe: () => false }));
    expect(node(meshOf({ inbound: named }))).toMatchObject({ golden: { rps: 10 }, revisions });
    const plain = meshOf({ inbound: [received('shop/web', 'shop/front', 1)] });
    expect(plain.picture(false).nodes.get('shop/deployment/web')).not.toHaveProperty('revisions');
  });

  it('names pods of operators by their own labels, and counts their requests once', () => {
    const pod = (name: string, more: Labels) => sample({ namespace: 'shop', pod: name, ...more }, 1);
    const podOwners = toPodOwners([
      pod('kafka-0', { strimzi_io_controller_name: 'events' }),
      pod('web-x1', { apps_kruise_io_cloneset_instance_id: 'x1' }),
      pod('odd', { strimzi_io_controller_name: 'a/b' }),
      pod('bare', {}),
    ]);
    expect([...podOwners]).toEqual([
      ['shop/pod/kafka-0', 'shop/strimzipodset/events'],
      ['shop/pod/web-x1', 'shop/cloneset/web'],
    ]);
    const called = { dst_namespace: 'shop', dst_service: 'kafka', tls: 'true', server_id: 'x', ...GOOD };
    const row = (more: Labels, rps: number) => sample({ ...from('shop/front'), ...called, ...more }, rps);
    const outbound = [row({}, 5), row({ dst_pod: 'kafka-0' }, 3), row({ dst_pod: 'bare' }, 2)];
    const mesh = meshOf({ outbound }, { podOwners });
    expect(mesh.picture(false).edges.map(({ edge }) => [edge.target, edge.http?.rps])).toEqual([
      ['shop/pod/bare', 2],
      ['shop/strimzipodset/events', 3],
    ]);
  });

  it('believes what Kubernetes says of an owner before any label', () => {
    const labels = { namespace: 'shop', pod: 'kafka-0', ' owner': 'strimzipodset/kafka' };
    expect(sourceOf(labels)?.id).toBe('shop/strimzipodset/kafka');
  });
});
