// The layout against ELK's layered algorithm, side by side in one run; and how long large meshes and updates take.

import { layout } from '@latchwork/graph/layout/layout';
import type { Layout } from '@latchwork/graph/layout/place';
import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { recordedGraph, sampleMeshes } from '@latchwork/graph/quality/recordings';
import { report } from '@latchwork/graph/quality/report';
import { type Scene, toScene, type View } from '@latchwork/graph/scene/scene';
import { elkLayout } from './elk.ts';
import type { Verdict } from './verdict.ts';

interface Measured {
  crossings: number;
  length: number;
  zoom: number;
  ms: number;
}

const NOTHING: Measured = { crossings: 0, length: 0, zoom: 0, ms: 0 };

export async function layoutBench(): Promise<Verdict[]> {
  const scenes = [recordedGraph(), ...sampleMeshes(60)].map((graph) => ({
    name: graph.name,
    scene: toScene(graph),
  }));
  // Both are compiled by the time that counts.
  await elkLayout(scenes[0]!.scene);
  layout(scenes[0]!.scene);

  let [ours, elks] = [NOTHING, NOTHING];
  console.log('mesh         crossings     length (px)      zoom to fit      CPU ms');
  for (const { name, scene } of scenes) {
    const our = await measured(scene, async () => layout(scene));
    const elk = await measured(scene, () => elkLayout(scene));
    console.log(
      name.padEnd(10),
      pair(our.crossings, elk.crossings, 0),
      pair(our.length, elk.length, 0),
      pair(our.zoom, elk.zoom, 2),
      pair(our.ms, elk.ms, 0),
    );
    if (name === 'steady') continue; // the budgets are of the sample meshes
    [ours, elks] = [added(ours, our), added(elks, elk)];
  }
  return [
    atMost('crossings, times those of ELK', ours.crossings / elks.crossings, 1.1),
    atMost('length, times that of ELK', ours.length / elks.length, 0.9),
    atLeast('zoom to fit, times that of ELK', ours.zoom / elks.zoom, 1.2),
    atMost('CPU time, times that of ELK', ours.ms / elks.ms, 1),
    ...largeMeshes(),
    ...growth(),
  ];
}

/** The scene is made with every snapshot: whole and folded, its cost grows with the edges and no faster. */
function growth(): Verdict[] {
  const [some, many] = [denseMesh(1000, 20), denseMesh(3000, 60)];
  const edges = many.edges.length / some.edges.length;
  const times = (view: (graph: typeof some) => Partial<View>) =>
    leastMs(10, () => toScene(many, view(many))) / leastMs(10, () => toScene(some, view(some)));
  const folded = ({ nodes }: typeof some) => ({
    folded: new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : []))),
  });
  return [
    atMost('scene of 3,000 workloads, times that of 1,000 for each edge', times(() => ({})) / edges, 2),
    atMost('folded scene of 3,000, times that of 1,000 for each edge', times(folded) / edges, 2),
  ];
}

function largeMeshes(): Verdict[] {
  const meshes = sampleMeshes(1000).map((graph) => ({ name: graph.name, graph }));
  const sixty = meshes.find(({ name }) => name.startsWith('0060'))!.graph;
  const before = layout(toScene(sixty));
  const changed = toScene({ nodes: sixty.nodes, edges: sixty.edges.slice(1) });
  const thousand = toScene(meshes.at(-1)!.graph);
  return [
    atMost(
      'update in a mesh of 60, CPU ms',
      leastMs(20, () => layout(changed, before.state)),
      10,
    ),
    atMost(
      'first layout of 1,000 workloads, CPU ms',
      leastMs(3, () => layout(thousand)),
      1000,
    ),
  ];
}

async function measured(scene: Scene, make: () => Promise<Layout>): Promise<Measured> {
  const start = process.cpuUsage();
  const made = await make();
  const { user, system } = process.cpuUsage(start); // what else the machine does must not decide
  const ms = (user + system) / 1000;
  const { crossings, length, zoom } = report(scene, made);
  return { crossings, length, zoom, ms };
}

/** CPU time, the least of some runs: what the work costs when nobody disturbs it. */
function leastMs(runs: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    work();
    least = Math.min(least, process.cpuUsage(start).user / 1000);
  }
  return least;
}

function added(a: Measured, b: Measured): Measured {
  return {
    crossings: a.crossings + b.crossings,
    length: a.length + b.length,
    zoom: a.zoom + b.zoom,
    ms: a.ms + b.ms,
  };
}

function pair(our: number, other: number, digits: number): string {
  return `${our.toFixed(digits).padStart(7)} ${other.toFixed(digits).padEnd(8)}`;
}

function atMost(what: string, value: number, budget: number): Verdict {
  return { what, value, budget: `at most ${budget}`, kept: value <= budget };
}

function atLeast(what: string, value: number, budget: number): Verdict {
  return { what, value, budget: `at least ${budget}`, kept: value >= budget };
}
