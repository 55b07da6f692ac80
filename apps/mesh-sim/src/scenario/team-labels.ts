// What people wrote on their pods beside a name: whose they are, and which version. Some forgot, as people do. A plain `version`
// would be a label of series, too, and push that of the proxy aside.

import type { Labels } from '../selector.ts';

const PASSENGERS = { team: 'passengers' };
const PAYMENTS = { team: 'payments' };
const SCHEDULES = { team: 'schedules' };
const SHIPS = { team: 'ships' };

const BY_WORKLOAD: Readonly<Record<string, Labels>> = {
  'harbour/gangway': { ...PASSENGERS, 'app.kubernetes.io/version': '4.1.0' },
  'harbour/web': { ...PASSENGERS, 'app.kubernetes.io/version': '4.1.0' },
  'booking/web': { ...PASSENGERS, 'app.kubernetes.io/version': '2.8.1' },
  'booking/tickets': { ...PASSENGERS, 'app.kubernetes.io/version': '2.8.1' },
  'booking/seats': { ...PASSENGERS, 'app.kubernetes.io/version': '2.8.1' },
  'booking/payments': { ...PAYMENTS, 'app.kubernetes.io/version': '1.12.0' },
  'booking/ledger': { ...PAYMENTS, 'app.kubernetes.io/version': '1.12.0' },
  'harbour/timetable': { ...SCHEDULES, 'app.kubernetes.io/version': '3.2.0' },
  'harbour/timetable-canary': { ...SCHEDULES, 'app.kubernetes.io/version': '3.3.0' },
  'harbour/weather': SCHEDULES,
  'fleet/tracker': { ...SHIPS, 'app.kubernetes.io/version': '0.9.4' },
  'fleet/positions': { ...SHIPS, 'app.kubernetes.io/version': '0.9.4' },
  'fleet/beacon': SHIPS,
  'fleet/crew': SHIPS,
};

export function teamLabels({ namespace, name }: { namespace: string; name: string }): Labels {
  return BY_WORKLOAD[`${namespace}/${name}`] ?? {};
}
