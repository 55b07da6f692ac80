import type { Edge } from '@latchwork/shared/edge';
import type { MeshProblem } from '@latchwork/shared/problems/problems';
import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { finding } from '../../test-data/finding.ts';
import { detail, OLDER, pod, WITH_KUBERNETES } from '../../test-data/pods.ts';
import { stage } from '../../test-data/stage.ts';
import { ERP, snapshot, WEB, workload } from '../../test-data/workloads.ts';

const SEARCH = '?view=workloads';
const WEB_PODS = { ...WEB, pods: { meshed: 2, running: 2, failed: 0 } };
const CART = workload('cart', {
  pods: { meshed: 1, running: 2, failed: 0 },
  notMeshed: [OLDER],
});
const ERP_PODS = {
  ...ERP,
  pods: { meshed: 0, running: 1, failed: 0 },
  notMeshed: [{ ...OLDER, what: 'the namespace does not inject' }],
};
const ALL = snapshot([
  WEB_PODS,
  CART,
  ERP_PODS,
  workload('sleeper', { pods: { meshed: 0, running: 0, failed: 0 } }),
]);

const table = () => screen.findByRole('table', { name: 'Workloads' });
async function podsOf(name: RegExp) {
  const [cell] = within(within(await table()).getByRole('row', { name })).getAllByRole('cell');
  return cell;
}
async function names() {
  const rows = within(await table()).getAllByRole('rowheader');
  return rows.map((row) => within(row).getByRole('link').textContent);
}
const text = (element: Element | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim();

describe('the pods of workloads', () => {
  it('are counted in a column of their own, with the reason in a tooltip', async () => {
    stage(SEARCH, { workloads: ALL }, WITH_KUBERNETES);
    expect(text(await podsOf(/^shop web/))).toBe('2/2');
    expect(text(await podsOf(/^shop cart/))).toBe('1/2 pods meshed');
    expect(text(await podsOf(/^legacy erp/))).toBe('not meshed');
    expect(text(await podsOf(/^shop sleeper/))).toBe('no pods');
    expect(screen.getByTitle(/The pod is older than the annotation\. Restart the workload\./)).toBeTruthy();
    expect(screen.getByTitle(/The namespace does not inject/)).toBeTruthy();
  });

  it('are nowhere without Kubernetes', async () => {
    stage(SEARCH, { workloads: snapshot([WEB, ERP]) });
    await table();
    expect(screen.queryByRole('columnheader', { name: 'Meshed pods' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Meshed/ })).toBeNull();
    expect(within(await table()).getByRole('row', { name: /erp.*not meshed/ })).toBeTruthy();
  });

  it('filter and sort the table', async () => {
    const { location } = stage(SEARCH, { workloads: ALL }, WITH_KUBERNETES);
    await fireEvent.click(within(await table()).getByRole('link', { name: 'Meshed pods' }));
    expect((await names())[0]).toBe('erp');
    await fireEvent.click(screen.getByRole('button', { name: /^Meshed/ }));
    await fireEvent.click(screen.getByRole('link', { name: /^not meshed/ }));
    expect(location.place.meshed).toBe('no');
    expect(await names()).toEqual(['erp', 'cart']);
  });

  it('are listed in the drawer: who has no proxy first, and why', async () => {
    const skipped = finding({
      code: 'skipped-inbound',
      what: 'the port 9102 skips the proxy',
      remedy: 'look at it by hand',
      pods: ['cart-a', 'cart-b'],
    });
    const pods = [
      pod('cart-a', { restarts: 3 }),
      pod('cart-b', { meshed: false, proxyVersion: null, unmeshed: OLDER }),
    ];
    stage(
      `${SEARCH}&selected=shop/deployment/cart`,
      {
        workloads: ALL,
        workload: detail(CART, pods, { findings: [{ ...OLDER, pods: ['cart-b'] }, skipped] }),
      },
      WITH_KUBERNETES,
    );
    await screen.findByText('1 of 2 pods meshed');
    const section = screen.getByRole('heading', { name: 'Pods' }).closest('section') as HTMLElement;
    const rows = within(section).getAllByRole('listitem').map(text);
    expect(rows).toEqual(['cart-b Running no proxy', 'cart-a Running, 3 restarts edge-26.8.3']);
    expect(text(section)).toContain('the pod is older than the annotation Restart the workload.');
    expect(text(section)).toContain('kubectl -n shop rollout restart deploy/cart');
    expect(text(section)).toContain('the port 9102 skips the proxy');
  });
});

describe('the causes of an open lock', () => {
  const edge: Edge = {
    source: 'shop/deployment/web',
    target: 'shop/deployment/cart',
    http: {
      rps: 4,
      successRate: 1,
      requests: 60,
      failures: 0,
      p50Ms: 5,
      p95Ms: 9,
      p99Ms: 10,
      securedShare: 0.5,
    },
    tcp: null,
    lock: {
      state: 'mixed',
      securedShare: 0.5,
      reasons: [{ reason: 'not_provided_by_service_discovery', share: 0.5 }],
      clientIds: [],
      serverIds: [],
    },
    refused: null,
    refusedShare: null,
    unreached: null,
    notes: [],
  };
  const why = (more: Partial<MeshProblem>): MeshProblem => ({
    ...finding({ ...OLDER, reported: 'not_provided_by_service_discovery' }),
    ...{ kind: 'plaintext', partly: true, places: [], callers: [], sinceBefore: false, ...more },
  });
  const open = (found: MeshProblem) =>
    stage(
      `${SEARCH}&selected=shop/deployment/web~shop/deployment/cart`,
      {
        workloads: ALL,
        workload: detail(CART, [], { callers: [edge] }),
        findings: { at: '', windowSeconds: 60, where: '', findings: [found], parts: {} },
      },
      WITH_KUBERNETES,
    );

  it('are told with the pods, the command and the proxy’s own word', async () => {
    open(why({ what: 'cart: 1 of 2 pods has no proxy', pods: ['cart-b'] }));
    expect(await screen.findByText('cart: 1 of 2 pods has no proxy')).toBeTruthy();
    for (const told of [
      '50 % of the requests',
      'Restart the workload.',
      'cart-b',
      'not_provided_by_service_discovery',
    ])
      expect(screen.getByText(told)).toBeTruthy();
    expect(screen.queryByText(/It can be one of these/)).toBeNull();
  });

  it('are listed with how to tell them apart where they only fit', async () => {
    const cause = { tell: 'look there', remedy: 'mend it', command: null };
    open(
      why({
        causes: [
          { what: 'this', ...cause },
          { what: 'that', ...cause },
        ],
      }),
    );
    expect(await screen.findByText('It can be one of these; each says how to tell:')).toBeTruthy();
    expect(screen.getByText('that')).toBeTruthy();
  });
});
