import { describe, expect, it } from 'vitest';
import { sourceOf, targetOf } from './peer.ts';

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

  it('believes what Kubernetes says of an owner before any label', () => {
    const labels = { namespace: 'shop', pod: 'kafka-0', ' owner': 'strimzipodset/kafka' };
    expect(sourceOf(labels)?.id).toBe('shop/strimzipodset/kafka');
  });
});
