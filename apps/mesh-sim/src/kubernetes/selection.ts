// Which objects a list or a watch is about: place, label selector, field selector.

import { BadSelector, parseSelector } from '../selector.ts';
import type { KubeObject } from './kube-object.ts';

export type Selection = (object: KubeObject) => boolean;

const FIELDS: Readonly<Record<string, (object: KubeObject) => unknown>> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
  'involvedObject.kind': (object) => fieldOf(object, 'involvedObject', 'kind'),
  'involvedObject.name': (object) => fieldOf(object, 'involvedObject', 'name'),
  'spec.nodeName': (object) => fieldOf(object, 'spec', 'nodeName'),
  'spec.serviceAccountName': (object) => fieldOf(object, 'spec', 'serviceAccountName'),
  'status.phase': (object) => fieldOf(object, 'status', 'phase'),
  'status.podIP': (object) => fieldOf(object, 'status', 'podIP'),
};

function fieldOf(object: KubeObject, part: string, field: string): unknown {
  return (object[part] as Readonly<Record<string, unknown>> | undefined)?.[field] ?? '';
}

/** Throws `BadSelector` with what the API server would say. */
export function toSelection(namespace: string | null, query: URLSearchParams): Selection {
  const hasLabels = parseSelector(query.get('labelSelector') ?? '');
  const fields = (query.get('fieldSelector') ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map(toFieldTest);
  return (object) =>
    (namespace === null || object.metadata.namespace === namespace) &&
    hasLabels(object.metadata.labels ?? {}) &&
    fields.every((test) => test(object));
}

function toFieldTest(text: string): Selection {
  const [, name = '', sign = '', value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(text) ?? [];
  const read = FIELDS[name];
  if (!sign) throw new BadSelector(`invalid selector: '${text}'; can't understand '${text}'`);
  if (!read) throw new BadSelector(`field label not supported: ${name}`);
  return (object) => (read(object) === value) === (sign !== '!=');
}
