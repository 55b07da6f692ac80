import { describe, expect, it } from 'vitest';
import { toCandidates } from './several-clusters.ts';

function proxies(labels: Record<string, string>) {
  return [{ labels, value: 1 }];
}

describe('toCandidates', () => {
  it('takes a label that sounds like a cluster first, and any other that may cut the store', () => {
    const found = toCandidates(
      proxies({ namespace: 'a', pod: 'a-1', estate: 'north', k8s_cluster: 'east' }),
      [],
    );
    expect(found[0]).toBe('k8s_cluster');
    expect(found).toContain('estate');
    expect(found).not.toContain('pod');
  });

  it('takes nothing that a series says of the other end of a call', () => {
    const series = {
      direction: 'outbound',
      dst_target_cluster: 'west',
      target_cluster_name: 'west',
      tls: 'true',
    };
    const found = toCandidates(proxies(series), []);
    expect(found.filter((name) => name in series)).toEqual([]);
  });

  it('does not ask for what a matcher settles', () => {
    expect(toCandidates(proxies({ cluster: 'east' }), ['cluster="east"'])).not.toContain('cluster');
  });
});
