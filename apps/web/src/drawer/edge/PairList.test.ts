import type { PodPairs } from '@latchwork/shared/asked/pod-pairs';
import type { Edge } from '@latchwork/shared/edge';
import { fireEvent, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { stage } from '../../test-data/stage.ts';
import { snapshot, WEB } from '../../test-data/workloads.ts';

const { workloads: _, ...SNAPSHOT } = snapshot([]);
const PEER = { ...WEB, id: 'shop/deployment/api', name: 'api' };
const ID = `${WEB.id}~${PEER.id}`;
const SECURED: Edge['lock'] = {
  ...{ state: 'secured', securedShare: 1, reasons: [] },
  ...{ clientIds: [], serverIds: [] },
};
const PLAIN: Edge['lock'] = {
  ...SECURED,
  ...{ state: 'plaintext', securedShare: 0 },
  reasons: [{ reason: 'not_provided_by_service_discovery', share: 1 }],
};

function edge(source: string, target: string, failures = 0, lock = SECURED): Edge {
  const golden = { rps: 2, requests: 120, failures, successRate: 1 - failures / 120 };
  return {
    ...{ source, target, tcp: null, lock, refused: null, refusedShare: null, unreached: null, notes: [] },
    http: { ...golden, p50Ms: null, p95Ms: null, p99Ms: null, securedShare: lock.securedShare },
  };
}

const pair = (from: string, to: string, failures?: number, lock?: Edge['lock']) =>
  edge(`shop/pod/${from}`, `shop/pod/${to}`, failures, lock);

async function open(value: Partial<PodPairs>, state: 'fresh' | 'failed' | null = 'fresh') {
  const message = state === 'failed' ? 'query timed out' : null;
  const all = stage(`?selected=${ID}`, {
    graph: {
      ...SNAPSHOT,
      nodes: [WEB, PEER].map((node) => ({ ...node, type: 'workload' as const })),
      edges: [edge(WEB.id, PEER.id)],
    },
    podPairs: {
      ...{ ...SNAPSHOT, where: ID, edges: [], more: 0, untold: null, ...value },
      parts: state === null ? {} : { pairResponses: { state, since: '2026-11-23T15:47:10Z', message } },
    },
  });
  const button = await screen.findByRole('button', { name: 'Between which pods' });
  expect(all.subscribed().map(({ topic }) => topic)).not.toContain('podPairs');
  await fireEvent.click(button);
  return all;
}

it('names the pod without mTLS with its reason, and the failing one with its counts', async () => {
  await open({
    edges: [pair('web-1', 'api-2', 0, PLAIN), pair('web-2', 'api-1', 60), pair('web-3', 'api-1')],
    more: 2,
  });
  const rows = await screen.findAllByText(/^(web|api)-\d$/);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'web-1',
    'api-2',
    'web-2',
    'api-1',
    'web-3',
    'api-1',
  ]);
  expect(screen.getByText('plaintext: not provided by service discovery')).toBeTruthy();
  expect(screen.getByText('60 of 120 requests failed')).toBeTruthy();
  expect(screen.getByText('5 pairs, 1 not all secured, 1 with failures.')).toBeTruthy();
  expect(screen.getByText('2 further pairs are not listed.')).toBeTruthy();
});

it('says why it is not told', async () => {
  await open({ untold: 'callers without a proxy count nothing' });
  expect(await screen.findByText('Callers without a proxy count nothing.')).toBeTruthy();
});

it('says that it failed, and not that nobody called', async () => {
  await open({}, 'failed');
  expect((await screen.findByText('Query timed out.')).getAttribute('role')).toBe('alert');
  expect(screen.queryByText(/No proxy of a caller/)).toBeNull();
});

it('says that it comes', async () => {
  await open({}, null);
  expect(await screen.findByText('The pods are coming.')).toBeTruthy();
});
