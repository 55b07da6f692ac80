// The views there are, in the order of the rail. Each is loaded when it is first looked at.

import type { Component } from 'svelte';
import type { ViewName } from '../location/parts/scope-part.ts';
import type { IconName } from '../ui/mark/icons.ts';

export interface View {
  name: ViewName;
  label: string;
  icon: IconName;
  load: () => Promise<{ default: Component }>;
}

export const VIEWS: readonly View[] = [
  {
    name: 'problems',
    label: 'Problems',
    icon: 'list',
    load: () => import('./problems/ProblemsView.svelte'),
  },
  { name: 'graph', label: 'Graph', icon: 'graph', load: () => import('./graph/GraphView.svelte') },
  {
    name: 'workloads',
    label: 'Workloads',
    icon: 'workloads',
    load: () => import('./workloads/RowsView.svelte'),
  },
  { name: 'live', label: 'Live', icon: 'live', load: () => import('./live/LiveView.svelte') },
  { name: 'routes', label: 'Routes', icon: 'routes', load: () => import('./routes/RoutesView.svelte') },
  { name: 'health', label: 'Health', icon: 'health', load: () => import('./health/HealthView.svelte') },
];
