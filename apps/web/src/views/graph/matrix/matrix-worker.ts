// Makes matrices beside the page, so that it stays quick under the hand. Knows nothing but graphs and matrices.

import type { Matrix } from '@latchwork/graph/matrix/matrix';
import { MatrixMaker, type MatrixTask } from './matrix-maker.ts';

export type MatrixReply = { matrix: Matrix } | { failure: string };

// The page's types know a window's postMessage; in a worker it takes the message and what is handed over.
const reply = (message: MatrixReply, handedOver: readonly ArrayBufferLike[] = []) =>
  (postMessage as (message: MatrixReply, handedOver: readonly ArrayBufferLike[]) => void)(
    message,
    handedOver,
  );

const maker = new MatrixMaker();

addEventListener('message', ({ data }: MessageEvent<MatrixTask>) => {
  try {
    const matrix = maker.make(data);
    reply({ matrix }, [matrix.cells.numbers.buffer, matrix.cells.starts.buffer]);
  } catch (error) {
    reply({ failure: error instanceof Error ? error.message : String(error) });
  }
});
