import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { finding } from '../../test-data/finding.ts';
import { loadPictureMaker } from './canvas/arranging/picture-maker.ts';
import { drawnLines, stage } from './test-data/stage.ts';
import { STEADY } from './test-data/steady.ts';

beforeAll(async () => {
  // What the view loads on demand is loaded before, so that no test waits for the machine.
  await Promise.all([
    import('./drawer/SelectionDrawer.svelte'),
    import('./GoneNotice.svelte'),
    import('./table/GraphTable.svelte'),
    loadPictureMaker(),
  ]);
});

beforeEach(() => window.history.replaceState(null, '', '/'));

const picture = () => screen.getByRole('group', { name: 'Service graph' });

describe('GraphView', () => {
  it('draws every card and edge under a name that says it all', async () => {
    stage('');
    await drawnLines();
    expect(
      within(picture()).getByRole('button', { name: /^web, Deployment in storefront, 14\.0 requests/ }),
    ).toBeTruthy();
    expect(
      await within(picture()).findByRole('button', {
        name: /^web to cart in storefront, .*44 percent secured$/,
      }),
    ).toBeTruthy();
    expect(screen.getByText('17 workloads, 30 edges')).toBeTruthy();
  });

  it('opens the drawer of an edge with its reasons, and puts it into the address', async () => {
    const { location } = stage('');
    await drawnLines();
    await fireEvent.click(screen.getByRole('button', { name: /^web to cart/ }));
    expect(location.place.selected).toBe('storefront/deployment/web~storefront/deployment/cart');
    const drawer = await screen.findByRole('complementary', { name: 'Edge web to cart' });
    expect(within(drawer).getByText('44 % secured')).toBeTruthy();
  });

  it('closes the drawer on Escape', async () => {
    const { location } = stage('?selected=storefront/deployment/cart');
    await drawnLines();
    expect(await screen.findByRole('complementary', { name: /^cart, Deployment/ })).toBeTruthy();
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(location.place.selected).toBeNull();
    expect(screen.queryByRole('complementary')).toBeNull();
  });

  it('gives the focus back to the edge whose drawer Escape closed', async () => {
    stage('');
    await drawnLines();
    const edge = screen.getByRole('button', { name: /^web to cart/ });
    edge.focus();
    await fireEvent.click(edge); // as Enter does: a click without a pointer
    await screen.findByRole('complementary', { name: 'Edge web to cart' });
    await fireEvent.keyDown(window, { key: 'Escape' });
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^web to cart/));
  });

  it('folds a namespace into one card', async () => {
    const { location } = stage('');
    await drawnLines();
    await fireEvent.click(screen.getByRole('link', { name: 'Fold fulfilment' }));
    expect(location.place.folded).toEqual(['fulfilment']);
    expect(screen.getByRole('button', { name: /^fulfilment, folded namespace, 6 workloads/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^ledger/ })).toBeNull();
    await fireEvent.click(screen.getByRole('link', { name: 'Unfold fulfilment' }));
    expect(screen.getByRole('button', { name: /^ledger/ })).toBeTruthy();
  });

  it('leaves only what matches a count that is pressed', async () => {
    stage('');
    await drawnLines();
    expect(await drawnLines()).toHaveLength(30);
    await fireEvent.click(screen.getByRole('button', { name: '1 mixed' }));
    expect(await drawnLines()).toHaveLength(1);
    await fireEvent.click(screen.getByRole('button', { name: '1 mixed' }));
    expect(await drawnLines()).toHaveLength(30);
  });

  it('shows the same graph as a table with t', async () => {
    stage('');
    await drawnLines();
    await fireEvent.keyDown(window, { key: 't' });
    const table = await screen.findByRole('table', { name: 'Edges' });
    expect(within(table).getAllByRole('row')).toHaveLength(STEADY.edges.length + 1);
    expect(screen.queryByRole('group', { name: 'Service graph' })).toBeNull();
  });

  it('moves between cards with the arrows, and through edges with e', async () => {
    stage('?selected=storefront/deployment/gateway');
    await drawnLines();
    const gateway = screen.getByRole('button', { name: /^gateway, Deployment/ });
    gateway.focus();
    await fireEvent.keyDown(gateway, { key: 'ArrowRight' });
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^web, Deployment in storefront/);
    await fireEvent.keyDown(document.activeElement as Element, { key: 'e' });
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^(web to|.* to web)/);
  });

  it('has one card that Tab enters at: the selected one', async () => {
    stage('?selected=storefront/deployment/cart');
    await drawnLines();
    const stops = within(picture())
      .getAllByRole('button')
      .filter((button) => button.getAttribute('tabindex') === '0');
    expect(stops.map((button) => button.getAttribute('aria-label'))).toEqual([
      expect.stringMatching(/^cart, Deployment/),
    ]);
  });

  it('focuses a neighbourhood with f, and shows all again', async () => {
    const { location } = stage('');
    await drawnLines();
    const orders = screen.getByRole('button', { name: /^orders, Deployment/ });
    orders.focus();
    await fireEvent.keyDown(orders, { key: 'f' });
    expect(location.place.focus).toBe('fulfilment/deployment/orders');
    expect(screen.queryByRole('button', { name: /^cart, Deployment/ })).toBeNull();
    await fireEvent.click(screen.getByRole('link', { name: 'Show all' }));
    expect(screen.getByRole('button', { name: /^cart, Deployment/ })).toBeTruthy();
  });

  it('keeps every card in place when numbers change', async () => {
    const { push } = stage('');
    await drawnLines();
    const place = () =>
      screen.getByRole('button', { name: /^cart, Deployment/ }).parentElement?.getAttribute('style');
    const before = place();
    push({
      ...STEADY,
      edges: STEADY.edges.map((edge) => ({
        ...edge,
        http: edge.http && { ...edge.http, rps: 2 * edge.http.rps },
      })),
    });
    await tick();
    expect(place()).toBe(before);
    expect(screen.getByRole('button', { name: /^web to cart in storefront, 8\.00 requests/ })).toBeTruthy();
  });

  it('draws the marks of a map over all of its lines, for several end at one port', async () => {
    const { nodes, edges } = denseMesh(120, 12);
    const namespaces = [...new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])))];
    const { location } = stage('', { ...STEADY, nodes, edges, namespaces });
    const map = await screen.findByRole('group', { name: 'Map of namespaces' }, { timeout: 10_000 });
    await waitFor(() => expect(map.querySelector('[data-mark]')).not.toBeNull());
    const parts = [...map.querySelectorAll('[data-link],[data-mark]')].map((part) =>
      part.hasAttribute('data-mark'),
    );
    expect(parts.filter(Boolean).length).toBeGreaterThan(10);
    expect(parts).toEqual(parts.toSorted((a, b) => Number(a) - Number(b)));
    const mark = map.querySelector('[data-mark]') as SVGElement;
    await fireEvent.click(mark);
    expect(location.place.selected).toBe(mark.dataset['mark']?.replace('>', '~'));
    const chosen = await within(map).findByRole('button', { pressed: true });
    expect(chosen.dataset['link']).toBe(mark.dataset['mark']);
  });

  it('says why there is nothing to draw', async () => {
    const diagnoses = [
      finding({
        code: 'no-linkerd-metrics',
        what: 'No Linkerd metrics here.',
        remedy: 'Scrape the proxies.',
      }),
    ];
    stage('', { ...STEADY, nodes: [], edges: [], diagnoses });
    await screen.findByText('No Linkerd metrics here.');
    expect(screen.getByText('Scrape the proxies.')).toBeTruthy();
  });

  it('calls a mesh without any traffic that, and not hidden', async () => {
    const nodes = STEADY.nodes
      .filter((node) => node.type === 'workload')
      .map((node) => ({ ...node, golden: null, denied: 0 }));
    stage('', { ...STEADY, nodes, edges: [] });
    await screen.findByRole('heading', { name: 'No traffic' });
  });

  it('says that what is selected is not there, and closes it', async () => {
    const { location } = stage('?selected=storefront/deployment/gone');
    await drawnLines();
    expect(await screen.findByText('gone is not in this graph.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('link', { name: 'Close' }));
    expect(location.place.selected).toBeNull();
  });

  it('waits with words before the first answer', async () => {
    stage('', null);
    await tick();
    expect(screen.getByText('The graph is coming.')).toBeTruthy();
  });
});
