import { describe, expect, it } from 'vitest';
import { podLabels } from '../../../test/inputs/tap-parts.ts';
import { sourceOf, targetOf } from './top-peer.ts';

const meshed = { address: '10.0.0.1:40000', labels: podLabels('web') };

function ends(
  direction: 'inbound' | 'outbound',
  source: object,
  destination: object,
  authority = 'a.example',
) {
  const peer = { address: '203.0.113.10:80', labels: {} };
  return { direction, source: { ...peer, ...source }, destination: { ...peer, ...destination }, authority };
}

describe('sourceOf(request)', () => {
  it('is the workload of a meshed caller, by its owner and not by its pod', () => {
    expect(sourceOf(ends('inbound', meshed, meshed))).toEqual({
      id: 'shop/deployment/web',
      label: 'web',
      namespace: 'shop',
    });
    const job = {
      labels: { namespace: 'shop', k8s_job: 'report', pod: 'report-x', control_plane_ns: 'linkerd' },
    };
    expect(sourceOf(ends('inbound', job, meshed)).id).toBe('shop/job/report');
    const bare = { labels: { namespace: 'shop', pod: 'debug', control_plane_ns: 'linkerd' } };
    expect(sourceOf(ends('inbound', bare, meshed)).id).toBe('shop/pod/debug');
  });

  it('is the graph’s node for unmeshed callers, under the name that tap knows', () => {
    const unmeshed = { labels: { namespace: 'legacy', deployment: 'batch', tls: 'no_tls_from_remote' } };
    expect(sourceOf(ends('inbound', unmeshed, meshed))).toEqual({
      id: 'unmeshed:shop/deployment/web',
      label: 'batch',
      namespace: 'legacy',
    });
  });

  it('is a node or an address when that is all there is', () => {
    expect(sourceOf(ends('inbound', { labels: { node: 'worker-1' } }, meshed)).label).toBe('worker-1');
    expect(sourceOf(ends('inbound', { address: '198.51.100.20:4711' }, meshed))).toEqual({
      id: 'unmeshed:shop/deployment/web',
      label: '198.51.100.20',
      namespace: null,
    });
    expect(sourceOf(ends('inbound', { address: '[2001:db8::1]:4711' }, meshed)).label).toBe('[2001:db8::1]');
  });
});

describe('targetOf(request)', () => {
  it('is a workload, meshed or not', () => {
    const erp = { labels: { namespace: 'legacy', deployment: 'erp', service: 'erp' } };
    expect(targetOf(ends('outbound', meshed, erp)).id).toBe('legacy/deployment/erp');
  });

  it('is a Service when no pod is behind it', () => {
    const service = { labels: { namespace: 'shop', service: 'pay' } };
    expect(targetOf(ends('outbound', meshed, service))).toEqual({
      id: 'shop/service/pay',
      label: 'pay',
      namespace: 'shop',
    });
  });

  it('is an address outside, as the graph calls it, with the name that its caller used', () => {
    expect(targetOf(ends('outbound', meshed, {}, 'tax.example.net'))).toEqual({
      id: 'external:203.0.113.10:80',
      label: '203.0.113.10:80',
      namespace: null,
      host: 'tax.example.net',
    });
    for (const authority of ['', '203.0.113.10:80', '203.0.113.10'])
      expect(targetOf(ends('outbound', meshed, {}, authority))).not.toHaveProperty('host');
  });
});
