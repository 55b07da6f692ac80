// The graph as files: the picture as SVG and PNG. Everything is made in the browser.

import type { Targets } from '@latchwork/figures/targets';
import { DARK, LIGHT } from '@latchwork/graph/draw/palette';
import { svgPicture } from '@latchwork/graph/draw/svg/svg-picture';
import { momentText, scopeTitle } from '@latchwork/graph/fold/picture-title';
import type { Matrix } from '@latchwork/graph/matrix/matrix';
import { svgMatrix } from '@latchwork/graph/matrix/svg-matrix';
import type { ByLabel } from '@latchwork/graph/scene/box-of';
import { lockCounts } from '@latchwork/graph/scene/lock-counts';
import type { Graph } from '@latchwork/shared/graph';
import type { Arranged } from '../canvas/arranging/arrangement.svelte.ts';

export interface PictureFacts extends Targets {
  drawn: Pick<Arranged, 'picture'>;
  graph: Pick<Graph, 'at' | 'nodes' | 'edges'> & ByLabel;
  namespaces: readonly string[];
  labels: boolean;
  isDark: boolean;
}

export function toSvgText({ drawn, graph, namespaces, isDark, ...facts }: PictureFacts): string {
  const { picture } = drawn;
  const [title, time] = [scopeTitle(namespaces, graph.by), momentText(graph.at)];
  return svgPicture(picture, {
    ...facts,
    colours: isDark ? DARK : LIGHT,
    title: `${title}, service graph of ${time}`,
    heading: { title, counts: lockCounts(graph, facts), time, scale: 1 },
  });
}

export interface MatrixFacts extends Targets {
  matrix: Matrix;
  graph: PictureFacts['graph'];
  namespaces: readonly string[];
  isDark: boolean;
}

/** All of it, not only what is in sight. */
export function toMatrixText({ matrix, graph, namespaces, isDark, ...facts }: MatrixFacts): string {
  const [title, time] = [scopeTitle(namespaces, graph.by), momentText(graph.at)];
  return svgMatrix(matrix, {
    ...facts,
    colours: isDark ? DARK : LIGHT,
    title: `${title}, matrix of calls of ${time}`,
    heading: { title, counts: lockCounts(graph, facts), time, scale: 1 },
  });
}

/** Twice as large, so that it is sharp on every screen. */
const PNG_SCALE = 2;
const MOST_PIXELS = 16_000;

export async function toPng(svgText: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svgText], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(PNG_SCALE, MOST_PIXELS / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error('this browser made no picture of it')),
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
