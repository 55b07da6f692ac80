import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { CREATED, objectOf, podOf, stateOf } from '../../test/kubernetes/made-up-cluster.ts';
import { toClusterView } from './cluster/cluster-view.ts';
import { notScraped } from './not-scraped.ts';

const LATER = Date.parse(CREATED) / 1000 + 3_600;
const READY = { conditions: [{ type: 'Ready', status: 'True' }] };

function clusterOf(...names: string[]) {
  return toClusterView(
    stateOf({
      statefulsets: names.map((name) => objectOf('StatefulSet', name)),
      pods: names.map((name) =>
        podOf({ name: `${name}-0`, owner: { kind: 'StatefulSet', name }, proxy: 'init', status: READY }),
      ),
    }),
  );
}

function pictureOf(scraped: Record<string, boolean>) {
  const nodes = Object.entries(scraped).map(([name, isScraped]): [string, Node] => {
    const id = `shop/statefulset/${name}`;
    const node = {
      type: 'workload',
      id,
      namespace: 'shop',
      kind: 'statefulset',
      name,
      golden: null,
    } as const;
    return [id, { ...node, denied: isScraped ? 0 : null, meshed: true }];
  });
  return { nodes: new Map(nodes) };
}

const question = { cluster: clusterOf('web', 'cart'), atSeconds: LATER, windowSeconds: 60 };

describe('notScraped(input)', () => {
  it('names the meshed workloads that no series is of', () => {
    const found = notScraped({ ...question, picture: pictureOf({ web: true, cart: false }) });
    expect(found).toMatchObject({
      code: 'not-scraped',
      what: expect.stringContaining('1 meshed workload: shop/cart'),
    });
  });

  it.each([
    ['all are scraped', { ...question, picture: pictureOf({ web: true, cart: true }) }],
    ['none is: other diagnoses tell that', { ...question, picture: pictureOf({ web: false, cart: false }) }],
    [
      'the pod is young',
      { ...question, atSeconds: LATER - 3_500, picture: pictureOf({ web: true, cart: false }) },
    ],
  ])('is silent when %s', (_, input) => {
    expect(notScraped(input)).toBeNull();
  });
});
