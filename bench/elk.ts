// The same boxes and cards by ELK's layered algorithm, as a picture that our own measures can read.

import type { Layout, PlacedBox, PlacedCard, PlacedLink, Point } from '@latchwork/graph/layout/place';
import type { Scene } from '@latchwork/graph/scene/scene';
import Elk from 'elkjs/lib/elk.bundled.js';
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';

// The package says that its default export is the class; for Node it is one.
const elk = new (Elk as unknown as new () => ELK)();

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.layering.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '20',
  'elk.spacing.nodeNode': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '56',
  'elk.spacing.edgeEdge': '7',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '7',
  'elk.spacing.edgeNode': '10',
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.layered.compaction.postCompaction.strategy': 'EDGE_LENGTH',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
};

const BOX_OPTIONS = { 'elk.padding': '[top=30,left=16,bottom=14,right=16]' };

export async function elkLayout(scene: Scene): Promise<Layout> {
  const cards = (box: string | null): ElkNode[] =>
    scene.cards
      .filter((card) => card.box === box)
      .map(({ id, width, height }) => ({ id: `card ${id}`, width, height }));
  const root = await elk.layout({
    id: 'root',
    layoutOptions: OPTIONS,
    children: [
      ...scene.boxes.map(({ id }) => ({ id: `box ${id}`, layoutOptions: BOX_OPTIONS, children: cards(id) })),
      ...cards(null),
    ],
    edges: scene.links.map(({ id, source, target, http }) => ({
      id: `link ${id}`,
      sources: [`card ${source}`],
      targets: [`card ${target}`],
      layoutOptions: { 'elk.layered.priority.straightness': String(Math.round(1 + (http?.rps ?? 0))) },
    })),
  });
  return toLayout(root);
}

function toLayout(root: ElkNode): Layout {
  const boxes: PlacedBox[] = [];
  const cards: PlacedCard[] = [];
  const links: PlacedLink[] = [];
  function visit(node: ElkNode): void {
    const { x = 0, y = 0, width = 0, height = 0 } = node;
    const [kind, id] = split(node.id);
    if (kind === 'box') boxes.push({ id, x, y, width, height });
    if (kind === 'card') cards.push({ id, x, y, width, height });
    for (const edge of node.edges ?? []) links.push(toLink(edge));
    for (const child of node.children ?? []) visit(child);
  }
  visit(root);
  const { width = 0, height = 0 } = root;
  const state = {
    version: 1 as const,
    top: 0,
    columnWidths: [],
    gapWidths: [],
    boxes: {},
    cards: {},
    links: {},
  };
  return { x: 0, y: 0, width, height, boxes, cards, links, state };
}

function toLink({ id, sections = [] }: ElkExtendedEdge): PlacedLink {
  const points: Point[] = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  return { id: split(id)[1], points, mark: null, refusedMark: null, splitMark: null, bundle: null };
}

function split(id: string): [string, string] {
  const at = id.indexOf(' ');
  return at < 0 ? [id, ''] : [id.slice(0, at), id.slice(at + 1)];
}
