// The metadata that is kept of every object.

import { labelsOf, listOf, type Raw, rawOf, textOr } from '../api/raw.ts';
import type { Labels, ObjectMeta, OwnerRef, Ref } from './objects.ts';

export function keepMeta(object: Raw): ObjectMeta {
  const meta = rawOf(object['metadata']);
  return {
    namespace: textOr(meta['namespace'], ''),
    name: textOr(meta['name'], ''),
    uid: textOr(meta['uid'], ''),
    createdAt: textOr(meta['creationTimestamp'], ''),
    deleting: typeof meta['deletionTimestamp'] === 'string',
    labels: labelsOf(meta['labels']),
    annotations: keepAnnotations(meta['annotations']),
    owner: keepOwner(meta['ownerReferences']),
  };
}

/** Annotations can weigh 256 kB each; only `linkerd.io/…` and those of its subdomains are read. */
export function keepAnnotations(annotations: unknown): Labels {
  return Object.fromEntries(
    Object.entries(labelsOf(annotations)).filter(([name]) => /^([a-z.]+\.)?linkerd\.io\//.test(name)),
  );
}

/** The API server notes with every writer when it wrote last: of what is so, that it was not changed after. */
export function keepSpecAt(object: Raw): string | null {
  const times = listOf(rawOf(object['metadata'])['managedFields'])
    .map(rawOf)
    .filter((entry) => rawOf(entry['fieldsV1'])['f:spec'] !== undefined)
    .flatMap((entry) => textOr(entry['time'], null) ?? [])
    .filter((time) => Number.isFinite(Date.parse(time)));
  return times.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}

function keepOwner(references: unknown): OwnerRef | null {
  const owners = listOf(references).map(rawOf);
  const owner = owners.find((one) => one['controller'] === true) ?? owners[0];
  if (!owner) return null;
  return { kind: textOr(owner['kind'], ''), name: textOr(owner['name'], ''), uid: textOr(owner['uid'], '') };
}

export function keepRef(value: unknown, defaults: { group: string; kind: string }): Ref {
  const ref = rawOf(value);
  return {
    group: textOr(ref['group'], defaults.group),
    kind: textOr(ref['kind'], defaults.kind),
    name: textOr(ref['name'], ''),
    namespace: textOr(ref['namespace'], null),
  };
}
