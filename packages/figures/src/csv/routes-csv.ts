// Routes as a file: a line for each backend, or one for a route without any. Empty is no data; 0 is a measurement.

import type { Route, RouteBackend } from '@latchwork/shared/routes/routes';
import { csv } from './csv.ts';

interface Line {
  readonly route: Route;
  readonly backend: RouteBackend | null;
}

export function routesCsv(routes: readonly Route[]): string {
  const lines = routes.flatMap((route): Line[] =>
    route.backends.length > 0
      ? route.backends.map((backend) => ({ route, backend }))
      : [{ route, backend: null }],
  );
  return csv<Line>(lines, [
    ['parent', ({ route }) => route.parent],
    ['kind', ({ route }) => route.kind],
    ['name', ({ route }) => route.name],
    ['counts', ({ route }) => route.counts],
    ['matches', ({ route }) => route.matches?.join('; ')],
    ['requests_per_second', ({ route }) => route.golden?.rps],
    ['success_rate', ({ route }) => route.golden?.successRate],
    ['p50_ms', ({ route }) => route.golden?.p50Ms],
    ['p95_ms', ({ route }) => route.golden?.p95Ms],
    ['p99_ms', ({ route }) => route.golden?.p99Ms],
    ['retries_per_second', ({ route }) => route.retries?.perSecond],
    ['timeouts_per_second', ({ route }) => route.timeouts],
    ['refused_per_second', ({ route }) => route.refused],
    ['backend', ({ backend }) => backend?.target],
    ['weight', ({ backend }) => backend?.weight],
    ['share', ({ backend }) => backend?.share],
    ['backend_success_rate', ({ backend }) => backend?.golden?.successRate],
    ['backend_p95_ms', ({ backend }) => backend?.golden?.p95Ms],
  ]);
}
