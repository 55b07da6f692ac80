// Whether the labels of a pod are selected, by a Service or by a Linkerd Server.

import type {
  Labels,
  PodObject,
  SelectorExpression,
  ServerObject,
  ServiceObject,
} from '../../sources/kubernetes/watch/objects.ts';

export function selectsPod({ meta, selector }: ServiceObject, pod: PodObject): boolean {
  return selector !== null && meta.namespace === pod.meta.namespace && hasLabels(pod.meta.labels, selector);
}

export function serverSelects({ meta, selector }: ServerObject, pod: PodObject): boolean {
  if (selector === null || meta.namespace !== pod.meta.namespace) return false;
  const { labels } = pod.meta;
  return hasLabels(labels, selector.labels) && selector.expressions.every((one) => fits(labels, one));
}

function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function fits(labels: Labels, { key, operator, values }: SelectorExpression): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
