// What the annotation `linkerd.io/inject` of a namespace or a pod asks for.

import type { Injection } from '@latchwork/shared/inventory';
import type { Labels } from '../../sources/kubernetes/watch/objects.ts';

export function injectionOf(annotations: Labels): Injection {
  const value = annotations['linkerd.io/inject'];
  return value === 'enabled' || value === 'ingress' || value === 'disabled' ? value : 'unset';
}
