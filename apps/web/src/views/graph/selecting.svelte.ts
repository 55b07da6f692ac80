// What is selected in the Graph view, and where it is in the picture.

import { isLarge } from '@latchwork/graph/fold/opening';
import type { Picture } from '@latchwork/graph/fold/picture-shape';
import type { ByLabel } from '@latchwork/graph/scene/box-of';
import type { Scene } from '@latchwork/graph/scene/scene';
import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import type { Place } from '../../location/place.ts';
import { selectedScene } from './drawer/selected-scene.ts';
import { areaOf, cardOf, toSelection } from './drawer/selection.ts';

export interface Selectable {
  graph: (Graph & ByLabel) | undefined;
  place: Pick<Place, 'selected' | 'shape'>;
  picture: Picture | null;
  successTarget: number;
}

export class Selecting {
  #of: () => Selectable;

  /** Null when nothing is selected, or when it is not in the data any more. */
  readonly selection = $derived.by(() => {
    if (!this.#graph || !this.#scene) return null;
    return toSelection(this.#selected, this.#graph, this.#scene, { successTarget: this.#successTarget });
  });
  readonly cardId = $derived.by(() => cardOf(this.selection)?.id ?? null);
  readonly link = $derived.by(() => {
    const { selection } = this;
    return selection && 'link' in selection ? selection.link : null;
  });
  readonly linkId = $derived(this.link?.id ?? null);
  /** What has to be seen of it. */
  readonly area = $derived.by(() => {
    const { picture } = this.#of();
    return picture && areaOf(picture.layout, this.cardId, this.link);
  });

  constructor(of: () => Selectable) {
    this.#of = of;
  }

  // Each by itself: a map that is laid out anew, or a place that changes, would find anew what is selected among thousands.
  readonly #graph = $derived.by(() => this.#of().graph);
  readonly #selected = $derived.by(() => this.#of().place.selected);
  readonly #isPicture = $derived.by(() => this.#of().place.shape === 'picture');
  readonly #successTarget = $derived.by(() => this.#of().successTarget);
  readonly #pictured = $derived.by((): Scene | null => {
    const { picture } = this.#of();
    return this.#isPicture && picture && picture.kind !== 'overview' ? picture.scene : null;
  });
  // A map has no scene of its own: what is selected in it gets what it needs of one. Elsewhere only what stands for many needs one.
  readonly #scene = $derived.by((): Scene | null => {
    const [graph, selected] = [this.#graph, this.#selected];
    if (!graph || selected === null) return null;
    if (this.#pictured) return this.#pictured;
    if (!this.#isPicture && isInGraph(selected, graph)) return NO_SCENE;
    return selectedScene(graph, selected, isLarge(graph), { successTarget: this.#successTarget });
  });
}

const NO_SCENE: Scene = { boxes: [], cards: [], links: [] };

/** A node, or whatever there is between two ends: known without a scene. */
function isInGraph(selected: string, { nodes }: Graph): boolean {
  return edgeEnds(selected) !== null || nodes.some(({ id }) => id === selected);
}
