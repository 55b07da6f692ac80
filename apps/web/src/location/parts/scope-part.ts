// What every view is about: which view it is, which cluster, namespaces and time, and what is open in the drawer.

import { momentSeconds } from '@latchwork/shared/moment';
import { isNamespaceName } from '@latchwork/shared/namespace-name';
import { WINDOW_DEFAULT, windowSeconds } from '@latchwork/shared/window';
import { choice, type Field, type Part, text, unique } from '../field.ts';

export const VIEW_NAMES = ['graph', 'problems', 'workloads', 'live', 'routes', 'health'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** As the server takes it. */
const CLUSTER_NAME_MAX = 200;

const namespaces: Field<readonly string[]> = {
  key: 'namespace',
  home: [],
  leftWith: ['cluster'],
  parse: (texts) => unique(texts.filter(isNamespaceName)),
  texts: (value) => value,
};

const window: Field<string> = {
  key: 'window',
  home: WINDOW_DEFAULT,
  leftWith: [],
  parse: ([value]) => (value !== undefined && windowSeconds(value) !== null ? value : WINDOW_DEFAULT),
  texts: (value) => (value === WINDOW_DEFAULT ? [] : [value]),
};

export const SCOPE = {
  view: choice<ViewName>('view', VIEW_NAMES, 'graph'),
  /** A cluster of the store; null is the one that the server was started for. */
  cluster: text('cluster', ['cluster'], (name) => name.length <= CLUSTER_NAME_MAX),
  /** Empty is all of them. */
  namespaces,
  /** As asked for, such as `1m`; the answer says what was used. */
  window,
  /** An evaluation time as the server reads it; null is now. */
  at: text('at', [], (moment) => momentSeconds(moment) !== null),
  noise: choice<'hide' | 'show'>('noise', ['hide', 'show'], 'hide'),
  /** The node or edge (`edgeId`) whose drawer is open. */
  selected: text('selected', ['cluster']),
} satisfies Part;
