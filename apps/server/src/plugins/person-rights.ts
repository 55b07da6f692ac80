// What Kubernetes lets people do who look at this server: which namespaces they see, and whom they may tap.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import type { FastifyInstance } from 'fastify';
import { createNamespaceRights, type PersonRights } from '../feeds/namespace-rights.ts';
import type { AccessRule } from '../sources/kubernetes/rights/missing-rule.ts';

export interface PersonReviews {
  /** Null: all. */
  namespacesOf(person: PersonRights): Promise<readonly string[] | null>;
  mayTap(person: PersonRights, params: TapParams): Promise<boolean>;
  mayRead(person: PersonRights, rule: AccessRule): Promise<boolean>;
}

export function createPersonReviews(app: FastifyInstance, nowMs: () => number): PersonReviews | null {
  const { cluster } = app;
  if (cluster === null) return null;
  const pods = { verb: 'list', group: '', resource: 'pods', name: null } as const;
  const namespaces = createNamespaceRights({
    names: async () => (await app.inventory({}).read()).namespaces.map(({ name }) => name),
    mayList: (person, namespace) => cluster.personMay(person, [{ ...pods, namespace }]),
    nowMs,
  });
  return {
    namespacesOf: (person) => namespaces.of(person),
    mayRead: (person, rule) => cluster.personMay(person, [rule]),
    mayTap: (person, { namespace, kind, name }) =>
      cluster.personMayTap(person, {
        namespace,
        resource: kind === undefined ? null : `${kind}s`,
        name: name ?? null,
      }),
  };
}
