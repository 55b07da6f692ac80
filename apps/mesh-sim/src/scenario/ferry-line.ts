// The demo's mesh: a ferry line that never was, with something of everything that a reader must be able to tell apart.

import {
  bookingConnectionRoutes,
  bookingEgress,
  bookingExternals,
  bookingGrpcRoutes,
  bookingWorkloads,
} from './booking.ts';
import { fleetEgress, fleetExternals, fleetWorkloads } from './fleet.ts';
import { harbourServices, harbourWorkloads, passengers } from './harbour.ts';
import { infrastructureNamespaces, infrastructureWorkloads } from './infrastructure.ts';
import { quietWorkloads } from './quiet.ts';
import type { Scenario } from './scenario.ts';

export const ferryLine: Scenario = {
  name: 'ferryline',
  version: 'edge-26.8.3',
  namespaces: [
    { name: 'harbour', injection: 'enabled' },
    { name: 'booking', injection: 'enabled' },
    { name: 'fleet', injection: 'enabled' },
    { name: 'yard' },
    ...infrastructureNamespaces,
  ],
  workloads: [
    ...harbourWorkloads,
    ...bookingWorkloads,
    ...fleetWorkloads,
    ...infrastructureWorkloads,
    ...quietWorkloads,
  ],
  services: harbourServices,
  grpcRoutes: bookingGrpcRoutes,
  connectionRoutes: bookingConnectionRoutes,
  externals: [
    { host: 'tiles.example.org', ip: '203.0.113.30', port: 80, latency: { medianMs: 45, spread: 0.4 } },
    ...bookingExternals,
    ...fleetExternals,
  ],
  egressNetworks: [bookingEgress, fleetEgress],
  farClusters: [],
  crowds: [passengers],
};
