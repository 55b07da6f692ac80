// What is selected in the Graph view, and where it is in the picture.

import { isLarge } from '@latchwork/graph/fold/opening';
import type { Picture } from '@latchwork/graph/fold/picture-shape';
import type { ByLabel } from '@latchwork/graph/scene/box-of';
import type { Link } from '@latchwork/graph/scene/link';
import type { Scene } from '@latchwork/graph/scene/scene';
import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import type { Place } from '../../location/place.ts';
import { Late } from '../../ui/late.svelte.ts';
import { placeOnMap } from './drawer/place-on-map.ts';
import { selectedScene } from './drawer/selected-scene.ts';
import { areaOf, cardOf, type Selection, toSelection } from './drawer/selection.ts';

export interface Selectable {
  graph: (Graph & ByLabel) | undefined;
  place: Pick<Place, 'selected' | 'shape'>;
  picture: Picture | null;
  successTarget: number;
}

export class Selecting {
  #of: () => Selectable;

  // Each by itself: a map that is laid out anew, or a place that changes, would find anew what is selected among thousands.
  readonly #graph = $derived.by(() => this.#of().graph);
  readonly #selected = $derived.by(() => this.#of().place.selected);
  readonly #isPicture = $derived.by(() => this.#of().place.shape === 'picture');
  readonly #successTarget = $derived.by(() => this.#of().successTarget);
  readonly #map = $derived.by(() => {
    const { picture } = this.#of();
    return this.#isPicture && picture?.kind === 'overview' ? picture.overview : null;
  });
  readonly #isMap = $derived(this.#map !== null);
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
    const isFolded = this.#isMap || isLarge(graph);
    return selectedScene(graph, selected, isFolded, { successTarget: this.#successTarget });
  });
  readonly #found = $derived.by((): Selection | null => {
    if (!this.#graph || !this.#scene) return null;
    return toSelection(this.#selected, this.#graph, this.#scene, { successTarget: this.#successTarget });
  });
  readonly #late: Late<Selection | null | undefined>;
  // Card and line of a map are known by their names.
  readonly #onMap = $derived.by(() => {
    const [graph, selected, map] = [this.#graph, this.#selected, this.#map];
    return graph && selected !== null && map ? placeOnMap(selected, graph, map) : null;
  });

  /**
   * Null when nothing is selected, or when it is not in the data any more; undefined while it is still to be found: among
   * thousands of edges in a task of its own, after it has lit up.
   */
  readonly selection = $derived.by((): Selection | null | undefined => {
    if (this.#selected === null) return null;
    return this.#isMap ? this.#late.current : this.#found;
  });
  readonly cardId = $derived.by(() =>
    this.#isMap ? (this.#onMap?.cardId ?? null) : (cardOf(this.#found)?.id ?? null),
  );
  readonly #link = $derived.by((): Pick<Link, 'id' | 'target'> | null => {
    if (this.#isMap) return this.#onMap?.line ?? null;
    return this.#found && 'link' in this.#found ? this.#found.link : null;
  });
  readonly linkId = $derived(this.#link?.id ?? null);
  /** What has to be seen of it. */
  readonly area = $derived.by(() => {
    const { picture } = this.#of();
    return picture && areaOf(picture.layout, this.cardId, this.#link);
  });

  constructor(of: () => Selectable) {
    this.#of = of;
    this.#late = new Late(() => {
      const isNothing = this.#selected === null;
      void [this.#graph, this.#pictured, this.#isMap, this.#successTarget];
      return () => (isNothing ? undefined : this.#found);
    });
  }
}

const NO_SCENE: Scene = { boxes: [], cards: [], links: [] };

/** A node, or whatever there is between two ends: known without a scene. */
function isInGraph(selected: string, { nodes }: Graph): boolean {
  return edgeEnds(selected) !== null || nodes.some(({ id }) => id === selected);
}
