// The control plane and the viz extension: a few proxies that a reader of the mesh should not have to look at.

import type { Infrastructure, Namespace, Workload } from './scenario.ts';

export const infrastructureNamespaces: readonly Namespace[] = [
  { name: 'default' },
  { name: 'kube-system', labels: { 'config.linkerd.io/admission-webhooks': 'disabled' } },
  {
    name: 'linkerd',
    injection: 'disabled',
    labels: {
      'linkerd.io/is-control-plane': 'true',
      'linkerd.io/control-plane-ns': 'linkerd',
      'config.linkerd.io/admission-webhooks': 'disabled',
    },
  },
  { name: 'linkerd-viz', labels: { 'linkerd.io/extension': 'viz' } },
];

function part(
  namespace: string,
  name: string,
  infrastructure: Infrastructure,
  template: Workload['template'] = {},
): Workload {
  return { namespace, kind: 'deployment', name, replicas: [{ meshed: true }], infrastructure, template };
}

export const infrastructureWorkloads: readonly Workload[] = [
  part('linkerd', 'linkerd-destination', {
    label: { control_plane_component: 'destination' },
    adminPorts: [9990, 9996, 9997],
    proxyPorts: [
      { port: 8086, rps: 0.6 },
      { port: 8090, rps: 0.4 },
    ],
  }),
  // Who gives out identities must not wait for a sidecar that needs one.
  part(
    'linkerd',
    'linkerd-identity',
    {
      label: { control_plane_component: 'identity' },
      adminPorts: [9990],
      proxyPorts: [{ port: 8080, rps: 0.08 }],
    },
    { proxyAmongContainers: true },
  ),
  part('linkerd', 'linkerd-proxy-injector', {
    label: { control_plane_component: 'proxy-injector' },
    adminPorts: [],
    proxyPorts: [],
  }),
  ...['metrics-api', 'tap-injector', 'web'].map((name) =>
    part('linkerd-viz', name, { label: { component: name }, adminPorts: [], proxyPorts: [] }),
  ),
  part('linkerd-viz', 'prometheus', {
    label: { component: 'prometheus' },
    adminPorts: [],
    proxyPorts: [],
    scrapesEverybody: true,
  }),
  part('linkerd-viz', 'tap', {
    label: { component: 'tap' },
    adminPorts: [9998],
    proxyPorts: [],
    taps: true,
  }),
];
