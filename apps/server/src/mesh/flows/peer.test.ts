import { describe, expect, it } from 'vitest';
import { sourceOf, targetOf } from './peer.ts';

describe('sourceOf(labels)', () => {
  it('is namespace, kind and name, for every owner label', () => {
    for (const [label, kind] of [
      ['deployment', 'deployment'],
      ['statefulset', 'statefulset'],
      ['daemonset', 'daemonset'],
      ['k8s_job', 'job'],
      ['cronjob', 'cronjob'],
      ['replicaset', 'replicaset'],
      ['replicationcontroller', 'replicationcontroller'],
    ] as const)
      expect(sourceOf({ namespace: 'shop', [label]: 'web', pod: 'web-1' })?.id).toBe(`shop/${kind}/web`);
  });

  it('keeps two workloads of one name apart', () => {
    expect(sourceOf({ namespace: 'shop', deployment: 'web' })?.id).not.toBe(
      sourceOf({ namespace: 'office', deployment: 'web' })?.id,
    );
    expect(sourceOf({ namespace: 'shop', deployment: 'web' })?.id).not.toBe(
      sourceOf({ namespace: 'shop', statefulset: 'web' })?.id,
    );
  });

  it('is the pod where there is no owner, and nobody where there is no namespace (truth rule 9)', () => {
    expect(sourceOf({ namespace: 'shop', pod: 'web-1' })?.id).toBe('shop/pod/web-1');
    expect(sourceOf({ deployment: 'web', pod: 'web-1' })).toBeNull();
    expect(sourceOf({ namespace: 'shop' })).toBeNull();
  });

  it('never takes the scrape job for a workload', () => {
    expect(sourceOf({ namespace: 'shop', job: 'linkerd-proxy', pod: 'web-1' })?.kind).toBe('pod');
  });
});

describe('targetOf(labels)', () => {
  const shop = { dst_namespace: 'shop' };

  it('is the owner, the bare pod, the external workload, or the Service without pods', () => {
    expect(targetOf({ ...shop, dst_k8s_job: 'report', dst_pod: 'report-1' })?.id).toBe('shop/job/report');
    expect(targetOf({ ...shop, dst_job: 'report' })?.id).toBe('shop/job/report');
    expect(targetOf({ ...shop, dst_pod: 'one' })?.id).toBe('shop/pod/one');
    expect(targetOf({ ...shop, dst_external_workload: 'vm' })?.id).toBe('shop/externalworkload/vm');
    expect(targetOf({ ...shop, dst_service: 'db' })).toEqual({
      type: 'service',
      id: 'shop/service/db',
      namespace: 'shop',
      name: 'db',
    });
    expect(targetOf(shop)).toBeNull();
  });

  it('is a Service for what goes to another cluster through its gateway', () => {
    const world = { dst_namespace: 'default', dst_service: 'world-west', dst_target_cluster: 'west' };
    const server = 'linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd.cluster.local';
    expect(targetOf({ ...world, server_id: server })?.id).toBe('default/service/world-west');
  });

  it('is an address where discovery knows nothing, with the host where some label knows it', () => {
    expect(targetOf({ target_addr: '203.0.113.10:443' })).toEqual({
      type: 'external',
      id: 'external:203.0.113.10:443',
      what: 'host',
      name: null,
    });
    expect(targetOf({ target_addr: '203.0.113.10:80', hostname: 'tax.example.net' })).toMatchObject({
      name: 'tax.example.net',
    });
    expect(targetOf({ target_addr: '203.0.113.10:80', authority: 'tax.example.net:8080' })).toMatchObject({
      name: 'tax.example.net',
    });
    expect(targetOf({ target_addr: '203.0.113.10:80', authority: '203.0.113.10:80' })).toMatchObject({
      name: null,
    });
  });

  it('is the authority where a build leaves the address out', () => {
    expect(targetOf({ authority: 'tax.example.net:80' })?.id).toBe('external:tax.example.net:80');
    expect(targetOf({})?.id).toBe('external:unknown');
  });

  it('is an identity where the peer proved one but nobody knows it', () => {
    const server_id = 'db.prod.serviceaccount.identity.linkerd.cluster.local';
    expect(targetOf({ target_addr: '10.0.0.1:5432', server_id })?.id).toBe('external:identity/db.prod');
  });
});
