// A rule as a review asks for it.

import type { AccessRule } from './missing-rule.ts';

export function toAttributes({ verb, group, resource: whole, namespace, name }: AccessRule) {
  const [resource, subresource] = whole.split('/');
  return {
    verb,
    group,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === null ? {} : { namespace }),
    ...(name === null ? {} : { name }),
  };
}
