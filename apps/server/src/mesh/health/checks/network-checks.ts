// Whether Linkerd knows all networks of the cluster: what is outside of them is taken for the internet.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { toNetworks } from '../cidr.ts';
import { type HealthView, read } from '../health-view.ts';
import { EVERYWHERE, judgedEach } from '../watched.ts';
import { upgrade } from './installation.ts';
import { type CheckRule, failed, judged, ok, unknown, type Verdict } from './verdict.ts';

const category = 'linkerd-existence';

interface Addressed {
  readonly name: string;
  readonly addresses: readonly string[];
}

function covered(view: HealthView, things: readonly Addressed[], one: string): Verdict {
  const { config } = view;
  if (config.state === 'untold') return unknown(config);
  if (config.state === 'absent')
    return unknown({
      why: 'there is no linkerd-config that says which networks belong to the cluster',
      remedy: 'install the control plane',
      right: null,
    });
  const { clusterNetworks } = config.value;
  const networks = toNetworks(clusterNetworks);
  const outside = things.flatMap(({ name, addresses }) => {
    const bad = addresses.find((address) => !networks.covers(address));
    return bad ? [`${name} (${bad})`] : [];
  });
  if (networks.malformed.length > 0)
    return failed(`clusterNetworks has what is no network: ${named(networks.malformed)}`, {
      remedy: 'Correct clusterNetworks in the values of the control plane.',
    });
  return outside.length === 0
    ? ok(counted(things.length, one))
    : failed(
        `outside of clusterNetworks: ${named(outside)}`,
        upgrade(
          view,
          'Add their networks to clusterNetworks in the values of the control plane (MISSING/CIDR in the command), and upgrade it.',
          { flags: `--set clusterNetworks="${clusterNetworks.join('\\,')}\\,MISSING/CIDR"` },
        ),
      );
}

export const NETWORK_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-cluster-networks-cidr',
    category,
    title: 'cluster networks contains all node podCIDRs',
    judge: (view) =>
      judged(
        read(view, ({ nodes }) => nodes),
        (nodes) =>
          covered(
            view,
            nodes.map(({ name, podCidrs }) => ({ name, addresses: podCidrs })),
            'node',
          ),
        () => null,
      ),
  },
  {
    id: 'l5d-cluster-networks-pods/pods',
    category,
    title: 'cluster networks contains all pods',
    judge: (view) =>
      judgedEach(
        view,
        'pods',
        (pods) =>
          covered(
            view,
            // Pods on the network of their node have its address, which is none of the cluster's.
            pods
              .filter(({ hostNetwork, phase }) => !hostNetwork && phase === 'Running')
              .map(({ meta, ips }) => ({ name: `${meta.namespace}/${meta.name}`, addresses: ips })),
            'pod',
          ),
        EVERYWHERE,
      ),
  },
  {
    id: 'l5d-cluster-networks-pods/services',
    category,
    title: 'cluster networks contains all services',
    judge: (view) =>
      judgedEach(
        view,
        'services',
        (services) =>
          covered(
            view,
            services.map(({ meta, clusterIps }) => ({
              name: `${meta.namespace}/${meta.name}`,
              addresses: clusterIps,
            })),
            'service',
          ),
        EVERYWHERE,
      ),
  },
];
