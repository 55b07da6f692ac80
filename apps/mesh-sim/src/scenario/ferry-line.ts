// The demo's mesh: a ferry line that never was, with something of everything that a reader must be able to tell apart.

import { bookingEgress, bookingExternals, bookingGrpcRoutes, bookingWorkloads } from './booking.ts';
import { fleetEgress, fleetExternals, fleetWorkloads } from './fleet.ts';
import { harbourServices, harbourWorkloads, passengers } from './harbour.ts';
import { infrastructureWorkloads } from './infrastructure.ts';
import type { Scenario } from './scenario.ts';

export const ferryLine: Scenario = {
  name: 'ferryline',
  workloads: [...harbourWorkloads, ...bookingWorkloads, ...fleetWorkloads, ...infrastructureWorkloads],
  services: harbourServices,
  grpcRoutes: bookingGrpcRoutes,
  externals: [
    { host: 'tiles.example.org', ip: '203.0.113.30', port: 80, latency: { medianMs: 45, spread: 0.4 } },
    ...bookingExternals,
    ...fleetExternals,
  ],
  egressNetworks: [bookingEgress, fleetEgress],
  crowds: [passengers],
};
