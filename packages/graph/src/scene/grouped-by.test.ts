import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { dot } from '../draw/dot.ts';
import { mermaid } from '../draw/mermaid.ts';
import { spokenCard, spokenScene } from '../draw/spoken.ts';
import { focusBox } from '../fold/focus-box.ts';
import { foldsThatFit } from '../fold/folds.ts';
import { openScene } from '../fold/open-scene.ts';
import { focusOf } from '../fold/opening.ts';
import { layout } from '../layout/layout.ts';
import { toMatrix } from '../matrix/matrix.ts';
import { toOrder } from '../matrix/order.ts';
import { spokenItem } from '../matrix/spoken-matrix.ts';
import { toOverview } from '../overview/overview.ts';
import { spokenOverviewCard } from '../overview/spoken-card.ts';
import { recordedGraph } from '../quality/recordings.ts';
import { boxesOf, boxOf } from './box-of.ts';
import { groupedBy, ungrouped } from './grouped-by.ts';
import { toScene } from './scene.ts';

const JUDGE = { successTarget: 0.99 };
const WHOLE = recordedGraph();
const SHOPPING = ['storefront/deployment/web', 'storefront/deployment/cart', 'backoffice/deployment/web'];
const VALUES = {
  ...Object.fromEntries(SHOPPING.map((id) => [id, 'shopping'])),
  'fulfilment/deployment/orders': 'orders',
};
const graph = groupedBy(WHOLE, 'team', VALUES);
const card = (id: string, scene = toScene(graph)) => scene.cards.find((one) => one.id === id)!;

describe('groupedBy(graph, label, values)', () => {
  it('puts workloads and Services into the box of their value, and all others into one', () => {
    expect([...boxesOf(graph.nodes)].sort()).toEqual(['no team', 'orders', 'shopping']);
    const [first = '', , third = ''] = SHOPPING;
    expect([card(first).box, card(third).box]).toEqual(['shopping', 'shopping']);
    expect(card('storefront/service/recommender').box).toBe('no team');
    expect(card('unmeshed').box).toBeNull();
    expect(graph.nodes.map(({ id }) => id)).toEqual(WHOLE.nodes.map(({ id }) => id));
  });

  it('tells names of one box apart by their namespace, and leaves all others as they are', () => {
    expect(SHOPPING.map((id) => card(id).label)).toEqual(['web.storefront', 'cart', 'web.backoffice']);
  });

  it('takes nothing that every object inherits for a value', () => {
    const strange = groupedBy({ nodes: [{ ...WHOLE.nodes[0]!, id: 'constructor' } as Node] }, 'team', {});
    expect(strange.nodes.map(boxOf)).not.toContain('shopping');
  });

  it('is undone for files that are read elsewhere', () => {
    expect(ungrouped(graph)).toEqual(WHOLE);
  });

  it('says the group in words, and the namespace of each workload', () => {
    expect(spokenCard(card('backoffice/deployment/web'), JUDGE)).toMatch(
      /^web\.backoffice, Deployment in backoffice, team shopping, /,
    );
    const folded = toScene(graph, { folded: new Set(['shopping', 'no team']) });
    expect(spokenCard(card('folded:shopping', folded), JUDGE)).toMatch(
      /^shopping, folded group by team, 3 workloads/,
    );
    expect(spokenScene(toScene(graph), JUDGE)).toContain(' in 3 groups by team, ');
    expect(spokenScene(toScene(WHOLE), JUDGE)).toContain(' in 4 namespaces, ');
  });

  it('is drawn as text in its groups', () => {
    const scene = toScene(graph);
    expect(mermaid(scene)).toMatch(/subgraph b\d\["shopping"\]/);
    expect(dot(scene, 'teams')).toContain('label="no team";');
  });
});

describe('boxes by a label', () => {
  it('open and fold as namespaces do', () => {
    expect(focusBox(graph.nodes, 'backoffice/deployment/web')).toBe('shopping');
    expect(focusBox(graph.nodes, 'shopping')).toBe('shopping');
    expect(focusBox(WHOLE.nodes, 'backoffice/deployment/web')).toBe('backoffice');
    expect(
      focusOf({ ...graph, namespaces: ['storefront'] }, { focus: null, scope: ['storefront'] }),
    ).toBeNull();
    const view = { focus: null, hidden: new Set<string>(), ...JUDGE };
    const wish = { folded: [], unfolded: [] };
    const folds = foldsThatFit(graph, wish, view, { width: 300, height: 200 });
    expect([...folds][0]).toBe('no team');
    const open = openScene(graph, 'shopping', { width: 1356, height: null }, { hidden: new Set(), ...JUDGE });
    expect(open.boxes.map(({ id }) => id)).toEqual(['shopping']);
    expect(open.cards.filter(({ box }) => box === 'shopping')).toHaveLength(3);
    expect(open.by).toBe('team');
  });

  it('fold in place, and unfold to the picture of before', () => {
    const before = layout(toScene(graph));
    const folded = layout(toScene(graph, { folded: new Set(['shopping']) }), before.state, 1_000);
    const after = layout(toScene(graph), folded.state, 30 * 60_000);
    expect(after.cards).toEqual(before.cards);
    expect(after.links.map(({ id, points }) => [id, points])).toEqual(
      before.links.map(({ id, points }) => [id, points]),
    );
  });

  it('are the cards of a map', () => {
    const room = { width: 1200, height: 700 };
    const overview = toOverview({ graph, hidden: new Set(), only: null, choice: 'strong', room, ...JUDGE });
    const shopping = overview.cards.find(({ id }) => id === 'folded:shopping')!;
    expect(shopping).toMatchObject({ home: 'shopping', by: 'team', workloads: 3 });
    expect(spokenOverviewCard(shopping)).toMatch(/^shopping, group by team, 3 workloads/);
  });

  it('order and fold a matrix', () => {
    const order = toOrder(graph.nodes, graph.edges, null);
    const wish = { folded: new Set(['no team']), focus: null, hidden: [], only: null };
    const { items } = toMatrix({ graph, wish, ...JUDGE }, order);
    const at = items.findIndex(({ id }) => id === 'open:shopping');
    expect(items[at]).toMatchObject({ kind: 'head', label: 'shopping', box: 'shopping' });
    const inside = items.slice(at + 1, at + 4);
    expect(inside.map(({ id }) => id).sort()).toEqual([...SHOPPING].sort());
    const web = items.find(({ id }) => id === 'backoffice/deployment/web')!;
    expect(spokenItem(web)).toBe('web.backoffice in backoffice, team shopping');
    const rest = items.find(({ id }) => id === 'folded:no team')!;
    expect(spokenItem(rest)).toMatch(/^no team, folded group by team, \d+ workloads$/);
  });
});
