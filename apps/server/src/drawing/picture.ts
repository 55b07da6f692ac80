// A graph as the text of a picture. Pure, and dear: it runs in a thread of its own.

import { boundsOf } from '@latchwork/figures/latency';
import type { Targets } from '@latchwork/figures/targets';
import { dot } from '@latchwork/graph/draw/dot';
import { mermaid } from '@latchwork/graph/draw/mermaid';
import { DARK, LIGHT } from '@latchwork/graph/draw/palette';
import { svgPicture } from '@latchwork/graph/draw/svg/svg-picture';
import { fittedPicture } from '@latchwork/graph/fold/fitted-picture';
import { toTextScene } from '@latchwork/graph/fold/picture';
import { momentText } from '@latchwork/graph/fold/picture-title';
import { toWish } from '@latchwork/graph/fold/wish';
import { lockCounts } from '@latchwork/graph/scene/lock-counts';
import type { EmbedParams } from '@latchwork/shared/embed';
import type { Graph } from '@latchwork/shared/graph';

export type PictureKind = 'svg' | 'mermaid' | 'dot';

export interface PictureWanted {
  readonly kind: PictureKind;
  /** Without its link: nothing of a picture depends on who opened it. */
  readonly params: EmbedParams;
  readonly title: string;
  readonly targets: Pick<Targets, 'successTarget' | 'latencyTargetMs'>;
}

const WIDTH = 1200;

export function drawPicture(graph: Graph, { kind, params, title, targets }: PictureWanted): string {
  const wish = toWish(params);
  const time = momentText(graph.at);
  const asText = () => toTextScene({ graph, wish, successTarget: targets.successTarget });
  switch (kind) {
    case 'mermaid':
      return mermaid(asText());
    case 'dot':
      return dot(asText(), `${title}, ${time}`);
    case 'svg': {
      const room = { width: Number(params.width ?? WIDTH), height: null };
      const { picture, detail, zoom } = fittedPicture(graph, wish, room, targets);
      return svgPicture(picture, {
        ...targets,
        bounds: boundsOf(graph),
        detail,
        labels: params.labels === 'on',
        colours: params.theme === 'dark' ? DARK : LIGHT,
        title: `${title}, service graph of ${time}`,
        heading: { title, counts: lockCounts(graph, targets), time, scale: 1 / zoom },
      });
    }
  }
}
