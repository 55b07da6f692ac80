import type { PolicyRow } from '@latchwork/shared/policies';
import type { StatRow } from '@latchwork/shared/stat';
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { stage } from '../../../test-data/stage.ts';
import { snapshot } from '../../../test-data/workloads.ts';

const { workloads: _, ...SNAPSHOT } = snapshot([]);
const FRESH = { state: 'fresh' as const, since: '2026-11-23T15:47:10Z', message: null };
const PARTS = { podResponses: FRESH, policyResponses: FRESH };

function pod(name: string, rps: number | null): StatRow {
  return {
    ...{ id: `shop/pod/${name}`, kind: 'pod', namespace: 'shop', name, owner: 'shop/deployment/web' },
    ...{ status: 'Running', meshed: true, pods: null, refused: 0, decisions: null, tcp: null },
    golden:
      rps === null
        ? null
        : { rps, successRate: 1, requests: rps * 60, failures: 0, p50Ms: 2, p95Ms: 3, p99Ms: 4 },
  };
}

const RULE: PolicyRow = {
  ...{ id: 'a', workload: 'shop/deployment/web', route: null, golden: null, moreClients: 0 },
  server: { kind: 'server', name: 'web-http', port: '8080' },
  authorization: null,
  decisions: {
    ...{ allowed: 0, audited: 0, denied: 0.9, unmatched: 0, rateLimited: 0 },
    ...{ connectionsAllowed: 0, connectionsDenied: 0 },
  },
  clients: [{ identity: 'report.attic.serviceaccount.identity.linkerd.cluster.local', rps: 0, refused: 0.9 }],
};

const names = async (label: string) => {
  const table = await screen.findByRole('table', { name: label });
  return within(table)
    .getAllByRole('rowheader')
    .map((row) => row.textContent?.replace(/\s+/g, ' ').trim());
};

describe('the other rows of the Workloads view', () => {
  it('are chosen by a switch that is in the address, and sort, filter and lead on', async () => {
    const stat = {
      ...SNAPSHOT,
      parts: PARTS,
      kind: 'pod' as const,
      rows: [pod('web-1', null), pod('web-2', 9)],
    };
    const { location, subscribed } = stage('?view=workloads', { workloads: snapshot([]), stat });
    await fireEvent.click(await screen.findByRole('button', { name: 'Pods' }));
    expect(await names('Pod')).toEqual(['shop web-1', 'shop web-2']);
    expect(location.place.rowsOf).toBe('pod');
    expect(subscribed().map(({ topic }) => topic)).toContain('stat');
    const before = subscribed().length;
    await fireEvent.click(screen.getByRole('link', { name: 'Rate' }));
    expect(await names('Pod')).toEqual(['shop web-2', 'shop web-1']);
    await fireEvent.input(screen.getByRole('searchbox', { name: 'Filter rows' }), {
      target: { value: 'web-1' },
    });
    expect(await names('Pod')).toEqual(['shop web-1']);
    expect(subscribed()).toHaveLength(before);
    expect(screen.getByRole('link', { name: 'web-1' }).getAttribute('href')).toContain(
      'selected=shop/deployment/web',
    );
  });

  it('say why no numbers are known, and do not say that nothing arrived', async () => {
    const failed = { state: 'failed' as const, since: FRESH.since, message: 'query timed out' };
    stage('?view=workloads&rows=pod', {
      stat: { ...SNAPSHOT, parts: { podResponses: failed }, kind: 'pod', rows: [] },
    });
    expect(await screen.findByRole('heading', { name: 'No numbers are known' })).toBeTruthy();
    expect(screen.getByText('Query timed out.')).toBeTruthy();
    expect(screen.queryByText(/Nothing arrived/)).toBeNull();
  });

  it('have all of their rows on paper, however many', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => pod(`web-${i}`, 3));
    stage('?view=workloads&rows=pod', { stat: { ...SNAPSHOT, parts: PARTS, kind: 'pod', rows } });
    const table = await screen.findByRole('table', { name: 'Pod' });
    const drawn = () => table.querySelectorAll('tbody th').length;
    expect(drawn()).toBeLessThan(100);
    window.dispatchEvent(new Event('beforeprint'));
    await waitFor(() => expect(drawn()).toBe(400));
    window.dispatchEvent(new Event('afterprint'));
    await waitFor(() => expect(drawn()).toBeLessThan(100));
  });

  it('are shown as of before when the connection is lost', async () => {
    const stat = { ...SNAPSHOT, parts: PARTS, kind: 'pod' as const, rows: [pod('web-1', 3)] };
    const { connect } = stage('?view=workloads&rows=pod', { stat });
    const table = await screen.findByRole('table', { name: 'Pod' });
    expect(table.classList).not.toContain('stale');
    connect({ state: 'lost', sinceMs: 0, retryAtMs: null });
    await waitFor(() => expect(table.classList).toContain('stale'));
  });

  it('say what policy turned away, and by whom it was called', async () => {
    stage('?view=workloads&rows=policy', { policies: { ...SNAPSHOT, parts: PARTS, rows: [RULE] } });
    expect(await names('Workload')).toEqual(['shop web Deployment']);
    const row = screen.getByRole('row', { name: /web-http:8080/ });
    expect(row.textContent?.replace(/\s+/g, ' ')).toMatch(/report\.attic.*0\.90\/s/);
    await fireEvent.click(screen.getByRole('button', { name: 'Command' }));
    expect(screen.getByText('linkerd viz authz ns/NAMESPACE -t 1m')).toBeTruthy();
  });
});
