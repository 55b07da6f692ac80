// A cluster in a test's hand: says what it is told, and may not be tapped.

import type { Cluster } from '../../src/sources/kubernetes/cluster.ts';
import type { KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';

const NO_RIGHTS = { allowed: false, missing: [], message: 'jane may not tap', manifest: 'kind: Role' };

/** What Kubernetes would say of people; `granted` is `user verb resource namespace`, or of a group `%group …`. */
export type Granted = ReadonlySet<string>;

/** Says `state` to whoever listens; null is a cluster that never answers. */
export function fakeCluster(
  state: KubernetesState | null,
  granted: Granted = new Set(),
): Cluster & { closed: boolean; asked: number } {
  let isWatched = false;
  return {
    closed: false,
    asked: 0,
    server: 'https://cluster.test',
    identity: 'user jane of context test (a token)',
    inventory: {
      subscribe(listener) {
        isWatched = true;
        if (state) setImmediate(() => listener(state));
        return () => undefined;
      },
      state: () => (isWatched ? state : null),
      nudge: () => undefined,
      learn: () => false,
      close: () => undefined,
    },
    tap: () => Promise.reject(new Error('never asked')),
    tapAccess: async () => NO_RIGHTS,
    reviewAccess: async () => NO_RIGHTS,
    async personMay({ user, groups }, rules) {
      this.asked++;
      return rules.every(({ verb, resource, namespace }) =>
        [user, ...groups.map((group) => `%${group}`)].some((who) =>
          granted.has(`${who} ${verb} ${resource} ${namespace ?? '*'}`),
        ),
      );
    },
    personMayTap: async ({ user }, { namespace }) => granted.has(`${user} tap ${namespace}`),
    readAskedObject: async ({ name }) => ({ state: 'known', value: { text: `name: ${name}\n`, names: [] } }),
    readLimitsOf: async () => [],
    readEvents: async () => ({ state: 'known', value: [] }),
    grantOf: async () => 'kind: Role\n',
    readHealth: () => Promise.reject(new Error('never asked')),
    openPrometheus: async () => ({
      url: 'http://127.0.0.1:9',
      behind: null,
      login: null,
      tlsServerName: null,
      examine: async () => null,
      close: async () => undefined,
    }),
    async close() {
      this.closed = true;
    },
  };
}
