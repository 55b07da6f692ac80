// The labels by which the families of routes are told apart (https://linkerd.io/docs/reference/proxy-metrics/).

export const PROTOCOLS = ['http', 'grpc'] as const;

const PARENT = ['parent_group', 'parent_kind', 'parent_namespace', 'parent_name', 'parent_port'];
export const ROUTE = [...PARENT, 'route_group', 'route_kind', 'route_namespace', 'route_name'];
export const BACKEND = [
  ...ROUTE,
  'backend_group',
  'backend_kind',
  'backend_namespace',
  'backend_name',
  'backend_port',
];
