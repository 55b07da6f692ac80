// The thread that draws: a graph and what is wanted of it come in, a picture goes out. One at a time.

import { parentPort } from 'node:worker_threads';
import type { Graph } from '@latchwork/shared/graph';
import { drawPicture, type PictureWanted } from './picture.ts';

export interface DrawingJob {
  readonly graph: string;
  readonly wanted: PictureWanted;
}

export type DrawingDone = { readonly picture: string } | { readonly failure: string };

parentPort?.on('message', ({ graph, wanted }: DrawingJob) => {
  let done: DrawingDone;
  try {
    done = { picture: drawPicture(JSON.parse(graph) as Graph, wanted) };
  } catch (error) {
    done = { failure: (error as Error).stack ?? String(error) };
  }
  parentPort?.postMessage(done);
});
