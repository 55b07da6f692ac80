// The whole name of a Service, as ServiceProfiles and their metrics have it.

import { serviceId } from '@latchwork/shared/node-id';

/** Id of the Service behind `NAME.NAMESPACE.svc.DOMAIN`, with or without a port; null for anything else. */
export function parentOfDestination(destination: string): string | null {
  const [, name, namespace] = /^([^.:]+)\.([^.:]+)\.svc\b/.exec(destination) ?? [];
  return name && namespace ? serviceId(namespace, name) : null;
}
