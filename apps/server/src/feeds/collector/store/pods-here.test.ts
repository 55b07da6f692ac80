import { expect, it } from 'vitest';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { PodsHere } from './pods-here.ts';

it('forgets the pods that are here when no call may go elsewhere any more', async () => {
  const pod = { labels: { namespace: 'shop', pod: 'api-1' }, value: 1 };
  const client = { query: async () => [pod] } as unknown as PrometheusClient;
  const aside = { moment: 0, windowSeconds: 60, signal: new AbortController().signal };
  const pods = new PodsHere();
  await pods.settled(true, { client, matchers: [] }, aside);
  expect(pods.known).toEqual([pod]);
  await pods.settled(false, { client, matchers: [] }, aside);
  expect(pods.known).toBeUndefined();
});
