import { describe, expect, it } from 'vitest';
import { inWordsOf, type LabelScheme, withLabelScheme } from './label-scheme.ts';
import type { Labels } from './sample.ts';

const PUSHED: LabelScheme = [{ label: 'tls', from: 'exported_tls', reads: 'first' }];
const FEDERATED: LabelScheme = [
  { label: 'namespace', from: 'exported_namespace', reads: 'everywhere' },
  { label: 'pod', from: 'exported_pod', reads: 'everywhere' },
];
const OTHER: LabelScheme = [{ label: 'deployment', from: 'k8s.deployment.name', reads: 'else' }];

describe('inWordsOf(text, scheme)', () => {
  it('leaves a question as it is where the store has our words', () => {
    const text = 'sum by (namespace, tls) (rate(response_total{tls="true"}[60s]))';
    expect(inWordsOf(text, [])).toBe(text);
  });

  it('groups by both names of a label that some series have pushed aside', () => {
    expect(inWordsOf('sum by (pod, tls) (x{tls="true"})', PUSHED)).toBe(
      'sum by (pod, tls, exported_tls) (x{tls="true"})',
    );
    expect(inWordsOf('a and ignoring (tls) b', PUSHED)).toBe('a and ignoring (tls, exported_tls) b');
  });

  it('renames a label that no series has otherwise, in lists and matchers, never in a value', () => {
    expect(inWordsOf('sum by (namespace, pod) (x{namespace=~"namespace|pod",pod!=""})', FEDERATED)).toBe(
      'sum by (exported_namespace, exported_pod) (x{exported_namespace=~"namespace|pod",exported_pod!=""})',
    );
    expect(inWordsOf('x{a="\\"namespace",namespace="b"}', FEDERATED)).toBe(
      'x{a="\\"namespace",exported_namespace="b"}',
    );
  });

  it('takes a label for missing only where all its names are', () => {
    expect(inWordsOf('x{deployment="",pod!=""}', OTHER)).toBe(
      'x{deployment="","k8s.deployment.name"="",pod!=""}',
    );
    expect(inWordsOf('count by (dst_deployment, deployment) (x)', OTHER)).toBe(
      'count by (dst_deployment, deployment, "k8s.deployment.name") (x)',
    );
  });
});

describe('withLabelScheme(client, scheme)', () => {
  async function read(scheme: LabelScheme, labels: Labels): Promise<Labels | undefined> {
    const client = {
      query: async () => [{ labels, value: 1 }],
      queryRange: async () => [],
      close: async () => undefined,
    };
    const [row] = await withLabelScheme(client, () => scheme).query('x', { tier: 'start', atSeconds: 0 });
    return row?.labels;
  }

  it('gives the proxy its own word back, and leaves who has none as it was', async () => {
    expect(await read(PUSHED, { tls: 'enabled', exported_tls: 'true' })).toEqual({ tls: 'true' });
    expect(await read(PUSHED, { tls: 'true' })).toEqual({ tls: 'true' });
  });

  it('reads the other name only where ours is missing', async () => {
    const other = { 'k8s.deployment.name': 'web' };
    expect(await read(OTHER, other)).toEqual({ deployment: 'web' });
    expect(await read(OTHER, { ...other, deployment: 'mine' })).toEqual({ deployment: 'mine' });
    expect(await read(FEDERATED, { exported_namespace: 'shop' })).toEqual({ namespace: 'shop' });
  });
});
