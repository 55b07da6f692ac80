import { toOverview } from '@latchwork/graph/overview/overview';
import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { boxesOf } from '@latchwork/graph/scene/box-of';
import { toScene } from '@latchwork/graph/scene/scene';
import { edgeId } from '@latchwork/shared/edge-id';
import { expect, it } from 'vitest';
import { placeOnMap } from './place-on-map.ts';
import { cardOf, cardSelection, toSelection } from './selection.ts';

const JUDGE = { successTarget: 0.99 };
const graph = denseMesh(300, 25);
const overview = toOverview({
  ...{ graph, hidden: new Set<string>(), only: null, choice: 'strong', ...JUDGE },
  room: { width: 1200, height: 800 },
});
const scene = toScene(graph, { folded: boxesOf(graph.nodes), ...JUDGE });

it('placeOnMap(selected, graph, overview) is where the drawer finds what is selected', () => {
  const found = (selected: string) => {
    const selection = toSelection(selected, graph, scene, JUDGE);
    const link = selection && 'link' in selection ? selection.link : null;
    return { cardId: cardOf(selection)?.id ?? null, lineId: link?.id ?? null };
  };
  const same = (selected: string) => {
    const { cardId, line } = placeOnMap(selected, graph, overview);
    expect({ selected, cardId, lineId: line?.id ?? null }).toEqual({ selected, ...found(selected) });
  };
  for (const node of graph.nodes) same(node.id);
  for (const card of scene.cards) same(cardSelection(card));
  for (const { id } of scene.links) same(id.replace('>', '~'));
  for (const { source, target } of graph.edges.slice(0, 400)) same(edgeId(source, target));
  for (const nobody of ['nobody', 'nobody~nobody', 'folded:nobody', 'folded:nobody~folded:team-00'])
    same(nobody);
});
