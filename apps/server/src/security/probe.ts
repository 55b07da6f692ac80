// The paths that machines watch this server by. They are never limited, and answer to whatever name. Pure.

import { PATHS } from '@latchwork/shared/paths';

const PROBES: readonly string[] = [PATHS.healthz, PATHS.readyz, PATHS.metrics];

/** By the route that was found, never by the text of the address. */
export function isProbe(route: string | undefined, basePath: string): boolean {
  return (
    route !== undefined &&
    (PROBES.includes(route) || (route.startsWith(basePath) && PROBES.includes(route.slice(basePath.length))))
  );
}
