// Every path that the server answers, named once for server, page and tests.

export const PATHS = {
  about: '/api/about',
  graph: '/api/graph',
  workloads: '/api/workloads',
  inventory: '/api/inventory',
  live: '/api/live',
  embedLink: '/api/embed-link',
  docs: '/api/docs',
  healthz: '/healthz',
  readyz: '/readyz',
  metrics: '/metrics',
  login: '/login',
  connection: '/debug/connection',
  embedFrame: '/embed/graph',
  embedLive: '/embed/live',
  embedSvg: '/embed/graph.svg',
  embedMermaid: '/embed/graph.mmd',
  embedDot: '/embed/graph.dot',
  embedBadge: '/embed/badge.svg',
  embedOembed: '/embed/oembed',
  embedAssets: '/embed/assets',
  embedStyle: '/embed/notice.css',
} as const;

export function workloadPath(namespace: string, kind: string, name: string): string {
  return `${PATHS.workloads}/${encodeURIComponent(namespace)}/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`;
}
