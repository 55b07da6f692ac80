import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPictureMaker } from '../canvas/arranging/picture-maker.ts';
import { stage } from '../test-data/stage.ts';
import { STEADY } from '../test-data/steady.ts';

beforeAll(async () => {
  await Promise.all([
    import('./SelectionDrawer.svelte'),
    import('../menu/GraphMenu.svelte'),
    loadPictureMaker(),
  ]);
});

const { nodes, edges } = denseMesh(300, 25);
const namespaces = [...new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])))];
const GRAPH = { ...STEADY, nodes, edges, namespaces };
const FOCUS = namespaces[0]!;

const rest = () =>
  waitFor(
    () => {
      const card = document.querySelector<SVGElement>('[data-card="rest:callees"]');
      expect(card?.getAttribute('aria-label')).toMatch(/^\d+ more callees, drawn as one/);
      return card!;
    },
    { timeout: 5000 },
  );
const drawer = () => screen.findByRole('complementary', { name: /^\d+ more callees$/ }, { timeout: 5000 });

describe('a card that stands for many', () => {
  it('opens a list of all of them, by the name of the card', async () => {
    stage(`?focus=${FOCUS}`, GRAPH);
    await fireEvent.click(await rest());
    const list = await drawer();
    const count = Number.parseInt(list.getAttribute('aria-label')!, 10);
    const section = within(list).getByText('Drawn as one').closest('section')!;
    const rows = within(section).getAllByRole('link');
    expect(rows).toHaveLength(count);
    expect(rows[0]!.textContent).toMatch(/team-\d+.*\d\/s/s);
    expect(within(list).getByRole('heading', { name: 'Edges' })).toBeTruthy();
  });

  it('leads to each of them, which its card shows in the picture', async () => {
    const { location } = stage(`?focus=${FOCUS}&selected=rest:callees`, GRAPH);
    const [row] = within(await drawer()).getAllByRole('link', { name: /team-\d+/ });
    await fireEvent.click(row!);
    expect(location.place.selected).toMatch(/^folded:team-/);
    expect(await screen.findByRole('complementary', { name: /^team-\d+$/ })).toBeTruthy();
    expect((await rest()).getAttribute('aria-pressed')).toBe('true');
  });

  it('opens its list on a double click, on f and from its menu, and is nothing to look at alone', async () => {
    const { location } = stage(`?focus=${FOCUS}`, GRAPH);
    await fireEvent.dblClick(await rest());
    expect(location.place).toMatchObject({ focus: FOCUS, selected: 'rest:callees' });
    await drawer();
    location.go({ selected: null });
    await waitFor(() => expect(screen.queryByRole('complementary')).toBeNull());
    const card = await rest();
    card.focus();
    await fireEvent.keyDown(card, { key: 'f' });
    expect(location.place).toMatchObject({ focus: FOCUS, selected: 'rest:callees' });
    const list = await drawer();
    await waitFor(() => expect(document.activeElement).toBe(list));
    await fireEvent.contextMenu(await rest());
    const items = within(await screen.findByRole('menu')).getAllByRole('menuitem');
    const words = items.map((item) => item.querySelector('.word')?.textContent);
    expect(words).toEqual(['Open', 'Hide']);
  });

  it('is hidden with its lines', async () => {
    stage(`?focus=${FOCUS}&hidden=rest:callees`, GRAPH);
    await waitFor(() => expect(document.querySelector('[data-card^="folded:"]')).not.toBeNull(), {
      timeout: 5000,
    });
    expect(screen.queryByRole('button', { name: /more callees/ })).toBeNull();
  });

  it('is named by the line that leads to it', async () => {
    stage(`?focus=${FOCUS}`, GRAPH);
    await rest();
    const line = await waitFor(() => {
      const found = document.querySelector('[data-link$=">rest:callees"]');
      expect(found).not.toBeNull();
      return found as SVGElement;
    });
    await fireEvent.click(line);
    expect(await screen.findByRole('complementary', { name: / to \d+ more callees$|^Edge / })).toBeTruthy();
  });

  it('leaves the map where an address has it in focus', async () => {
    const { location } = stage('?focus=rest:callers', GRAPH);
    expect(location.place.focus).toBeNull();
    expect(await screen.findByRole('group', { name: 'Map of namespaces' })).toBeTruthy();
  });
});
