// Every path that the server answers, named once for server, page and tests.

export const PATHS = {
  about: '/api/about',
  graph: '/api/graph',
  workloads: '/api/workloads',
  inventory: '/api/inventory',
  live: '/api/live',
  docs: '/api/docs',
  healthz: '/healthz',
  readyz: '/readyz',
  metrics: '/metrics',
} as const;

export function workloadPath(namespace: string, kind: string, name: string): string {
  return `${PATHS.workloads}/${encodeURIComponent(namespace)}/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`;
}
