import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadPictureMaker } from '../canvas/arranging/picture-maker.ts';
import { drawnLines, stage } from '../test-data/stage.ts';
import { STEADY } from '../test-data/steady.ts';

beforeAll(async () => {
  await Promise.all([
    import('./GraphMenu.svelte'),
    import('../find/FindBar.svelte'),
    import('../find/find-in-graph.ts'),
    loadPictureMaker(),
  ]);
});

const orders = () => screen.getByRole('button', { name: /^orders, Deployment/ });
const items = (menu: HTMLElement) =>
  within(menu)
    .getAllByRole('menuitem')
    .map((item) => item.querySelector('.word')?.textContent);
const hrefOf = (menu: HTMLElement, name: string) =>
  new URLSearchParams(within(menu).getByRole('menuitem', { name }).getAttribute('href')?.slice(2));

async function menuOf(element: Element, name: string): Promise<HTMLElement> {
  const isFree = await fireEvent.contextMenu(element);
  expect(isFree, 'the menu of the browser').toBe(false);
  return screen.findByRole('menu', { name });
}

describe('the menu of a card', () => {
  it('gathers what can be done with a workload', async () => {
    stage('');
    await drawnLines();
    const menu = await menuOf(orders(), 'orders, Deployment in fulfilment');
    expect(items(menu)).toEqual([
      'Open',
      'Its neighbourhood alone',
      'Callers, all hops',
      'Callees, all hops',
      'Path from here…',
      'Hide',
      'Tap it',
      'In Workloads',
      'Only fulfilment',
      'Fold fulfilment',
      'Copy its name',
      'Copy the viz command',
    ]);
    expect(hrefOf(menu, 'Callers, all hops').get('filter')).toBe('upstream:fulfilment/orders');
    expect(hrefOf(menu, 'Tap it').get('target')).toBe('fulfilment/deployment/orders');
    expect(hrefOf(menu, 'Hide').get('hidden')).toBe('fulfilment/deployment/orders');
  });

  it('is walked with the arrows, and gives the focus back on Escape', async () => {
    stage('');
    await drawnLines();
    orders().focus();
    await fireEvent.keyDown(orders(), { key: 'F10', shiftKey: true });
    const menu = await screen.findByRole('menu');
    const focused = () => document.activeElement?.querySelector('.word')?.textContent;
    expect(focused()).toBe('Open');
    await fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowUp' });
    expect(focused()).toBe('Copy the viz command');
    await fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown' });
    expect(focused()).toBe('Open');
    await fireEvent.keyDown(document.activeElement as Element, { key: 't' });
    expect(focused()).toBe('Tap it');
    await fireEvent.keyDown(menu, { key: 'Escape' });
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(orders());
  });

  it('hides the card that it is about', async () => {
    const { location } = stage('');
    await drawnLines();
    const menu = await menuOf(orders(), 'orders, Deployment in fulfilment');
    await fireEvent.click(within(menu).getByRole('menuitem', { name: 'Hide' }));
    expect(location.place.hidden).toEqual(['fulfilment/deployment/orders']);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('begins a path, and leaves its end to the reader', async () => {
    const { location } = stage('');
    await drawnLines();
    const menu = await menuOf(orders(), 'orders, Deployment in fulfilment');
    await fireEvent.click(within(menu).getByRole('menuitem', { name: 'Path from here…' }));
    expect(location.place.filter).toBe('downstream:fulfilment/orders upstream:');
    const field = await screen.findByRole('combobox', { name: 'Find in the graph' });
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect((await screen.findAllByRole('option')).length).toBeGreaterThan(0);
  });

  it('copies the command of Linkerd’s own program, and says that it did', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    stage('');
    await drawnLines();
    const menu = await menuOf(orders(), 'orders, Deployment in fulfilment');
    await fireEvent.click(within(menu).getByRole('menuitem', { name: 'Copy the viz command' }));
    await within(menu).findByText('Copied');
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain('Copied');
    expect(writeText).toHaveBeenCalledWith('linkerd viz stat deployment/orders -n fulfilment -t 1m');
    vi.unstubAllGlobals();
  });
});

describe('the menu of an edge', () => {
  it('opens it and its ends, lights both ways, and taps the calls alone', async () => {
    stage('');
    await drawnLines();
    const menu = await menuOf(screen.getByRole('button', { name: /^web to cart/ }), 'web to cart');
    expect(items(menu)).toEqual([
      'Open',
      'Open web',
      'Open cart',
      'Callers, all hops',
      'Callees, all hops',
      'Tap it',
      'Copy its name',
      'Copy the viz command',
    ]);
    const tap = hrefOf(menu, 'Tap it');
    expect(tap.get('target')).toBe('storefront/deployment/web');
    expect(tap.get('ask')).toBe('to:storefront/deployment/cart');
  });

  it('tells ends of one name apart', async () => {
    const CART = 'storefront/deployment/cart';
    const text = JSON.stringify(STEADY).replaceAll(CART, 'fulfilment/deployment/web');
    const graph = JSON.parse(text) as typeof STEADY;
    const nodes = graph.nodes.map((node) =>
      node.id === 'fulfilment/deployment/web' ? { ...node, namespace: 'fulfilment', name: 'web' } : node,
    ) as typeof STEADY.nodes;
    stage('', { ...graph, nodes });
    await drawnLines();
    const menu = await menuOf(
      screen.getByRole('button', { name: /^web in storefront to web in/ }),
      'web to web',
    );
    expect(items(menu).slice(0, 3)).toEqual(['Open', 'Open the calling web', 'Open the called web']);
    expect(hrefOf(menu, 'Open the called web').get('selected')).toBe('fulfilment/deployment/web');
  });
});

describe('the menu of a namespace', () => {
  it('comes from its box, and from the card that it is folded into', async () => {
    const { location } = stage('');
    await drawnLines();
    const head = screen.getByRole('link', { name: 'Fold fulfilment' });
    const menu = await menuOf(head, 'Namespace fulfilment');
    expect(items(menu)).toContain('Only fulfilment');
    await fireEvent.click(within(menu).getByRole('menuitem', { name: 'Fold fulfilment' }));
    expect(location.place.folded).toEqual(['fulfilment']);
    const folded = await menuOf(screen.getByRole('button', { name: /^fulfilment, folded/ }), 'fulfilment');
    expect(items(folded)).toEqual(expect.arrayContaining(['Unfold', 'About it', 'Hide', 'Only fulfilment']));
  });

  it('leaves what is no thing of the picture to the browser', async () => {
    stage('');
    await drawnLines();
    expect(await fireEvent.contextMenu(screen.getByRole('group', { name: 'Service graph' }))).toBe(true);
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('the menu on the map of a large mesh', () => {
  it('opens a namespace or tells about it, and tells about a line', async () => {
    const { nodes, edges } = denseMesh(120, 12);
    const namespaces = [...new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])))];
    const { location } = stage('', { ...STEADY, nodes, edges, namespaces });
    const map = await screen.findByRole('group', { name: 'Map of namespaces' });
    await waitFor(() => expect(map.querySelector('[data-mark]')).not.toBeNull());
    const [first = ''] = namespaces.toSorted();
    const card = map.querySelector(`[data-card="folded:${first}"]`) as SVGElement;
    const menu = await menuOf(card, first);
    expect(items(menu)).toEqual(
      expect.arrayContaining(['Open', 'About it', `Only ${first}`, 'Copy its name']),
    );
    expect(items(menu)).not.toContain('Hide');
    await fireEvent.click(within(menu).getByRole('menuitem', { name: 'Open' }));
    expect(location.place.focus).toBe(first);
  });
});
