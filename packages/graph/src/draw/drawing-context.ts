// What every shape of one picture is drawn against: how near it is seen, the targets, the font, and the other names.

import type { Targets } from '@latchwork/figures/targets';
import type { Detail } from './encode.ts';
import type { Measure } from './shape.ts';

export interface DrawingContext {
  detail: Detail;
  targets: Targets;
  measure: Measure;
  /** The names of all cards: one that has to be cut keeps what tells it from these. */
  labels: readonly string[];
  /** Ids of the cards that call somebody in the picture. */
  callers: ReadonlySet<string>;
}
