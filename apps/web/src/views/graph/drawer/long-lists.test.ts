import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, expect, it } from 'vitest';
import { loadPictureMaker } from '../canvas/arranging/picture-maker.ts';
import { stage } from '../test-data/stage.ts';
import { STEADY } from '../test-data/steady.ts';

beforeAll(() => Promise.all([import('./SelectionDrawer.svelte'), loadPictureMaker()]));

const cart = STEADY.nodes.find(({ id }) => id === 'storefront/deployment/cart')!;
const edge = STEADY.edges.find(({ http, lock }) => http && lock.state === 'secured')!;
const http = { ...edge.http!, successRate: 1, failures: 0, requests: 600 };

function called(callers: number): { nodes: Node[]; edges: Edge[] } {
  const nodes = Array.from({ length: callers }, (_, i) => {
    const name = `caller-${String(i).padStart(4, '0')}`;
    return { ...cart, id: `callers/deployment/${name}`, name, namespace: 'callers' } as Node;
  });
  // Of the last ones with the least traffic one fails and one is open.
  const edges = nodes.map(({ id }, i) => ({
    ...edge,
    ...{ source: id, target: cart.id, http: { ...http, rps: callers - i } },
    ...(i === callers - 1 ? { http: { ...http, rps: 1, successRate: 0.5, failures: 300 } } : {}),
    ...(i === callers - 2 ? { lock: { ...edge.lock, state: 'plaintext' as const, securedShare: 0 } } : {}),
  }));
  return { nodes: [cart, ...nodes], edges };
}

async function callers() {
  const heading = await screen.findByRole('heading', { name: 'Callers' });
  return heading.closest('section')!;
}

const names = (rows: HTMLElement[]) => rows.map((row) => /caller-\d+/.exec(row.textContent)?.[0]);

it('lists the worst fifty of 2000 callers, says how many more there are, and draws of them what is in sight', async () => {
  stage(`?selected=${cart.id}`, { ...STEADY, ...called(2000), namespaces: ['callers', 'storefront'] });
  const section = await callers();
  const rows = within(section).getAllByRole('link');
  expect(rows).toHaveLength(50);
  expect(names(rows).slice(0, 3)).toEqual(['caller-1999', 'caller-1998', 'caller-0000']);
  expect(section.textContent).toMatch(/Callers\s*2\u2009000/);
  const more = within(section).getByRole('button', { name: '1\u2009950 more edges' });
  await fireEvent.click(more);
  const drawn = within(section).getAllByRole('listitem');
  expect(drawn.length).toBeLessThan(150);
  expect(drawn.length).toBeGreaterThan(50);
  expect(drawn[0]!.getAttribute('aria-setsize')).toBe('2000');
  // Whoever came with keys goes on at the first new row.
  await waitFor(() =>
    expect(document.activeElement?.closest('li')?.getAttribute('aria-posinset')).toBe('51'),
  );
});

it('says how many of those further down are not well', async () => {
  const { nodes, edges } = called(120);
  const open = edges.map((one) => ({ ...one, lock: { ...one.lock, state: 'plaintext' as const } }));
  stage(`?selected=${cart.id}`, { ...STEADY, nodes, edges: open, namespaces: ['callers', 'storefront'] });
  expect(
    within(await callers()).getByRole('button', {
      name: '70 more edges, all of them failing, refused or not secured',
    }),
  ).toBeTruthy();
});

it('lists ten thousand hosts outside, and the workloads of a large namespace, the same way', async () => {
  const hosts = Array.from({ length: 10_000 }, (_, i) => `external/host-${i}.example:443`);
  const outside = hosts.map((id) => ({ type: 'external', id, what: 'host', name: null }) as Node);
  const edges = hosts.map((target) => ({ ...edge, source: cart.id, target }));
  const graph = { ...STEADY, nodes: [cart, ...outside], edges, namespaces: ['storefront'] };
  stage('?selected=external', graph);
  const drawer = await screen.findByRole('complementary', { name: 'Internet' });
  expect(within(drawer).getAllByRole('listitem')).toHaveLength(50);
});
