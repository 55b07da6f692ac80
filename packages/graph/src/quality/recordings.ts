// Graphs kept in the project's recordings: the recorded mesh at four moments, and the sample meshes. Node only.

import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { sampleGraph } from './sample-graph.ts';

export interface NamedGraph {
  name: string;
  nodes: Node[];
  edges: Edge[];
}

const FOLDER = new URL('../../../../recordings/', import.meta.url);

/** `steady`, `reviews-failing`, `proxy-restarted` and `recovered`, from metrics alone. */
export function recordedGraph(name = 'steady'): NamedGraph {
  return { name, ...(read(`graphs/${name}.json.gz`) as Omit<NamedGraph, 'name'>) };
}

/** The sample meshes up to a size, smallest first. */
export function sampleMeshes(mostWorkloads: number): NamedGraph[] {
  return readdirSync(new URL('meshes/', FOLDER))
    .sort()
    .filter((file) => Number(/^mesh-(\d+)-/.exec(file)?.[1]) <= mostWorkloads)
    .map((file) => ({
      name: file.replace(/^mesh-|\.json\.gz$/g, ''),
      ...sampleGraph(read(`meshes/${file}`) as Parameters<typeof sampleGraph>[0]),
    }));
}

function read(path: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(new URL(path, FOLDER))).toString());
}
