import { expect, it } from 'vitest';
import { peerName } from './peer.ts';

it('names a workload outside of Kubernetes by the end of its SPIFFE id', () => {
  expect(peerName('external:identity/spiffe://root.linkerd.cluster.local/mainframe')).toEqual({
    name: 'mainframe',
    namespace: null,
    kind: 'external workload, not scraped',
  });
});
