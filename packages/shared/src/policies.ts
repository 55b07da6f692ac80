// What policy lets in and turns away, where it arrives: by workload, Server, route and authorization, with who called.

import { type Static, Type } from 'typebox';
import { Golden } from './golden.ts';
import { Nullable } from './nullable.ts';
import { SNAPSHOT } from './snapshot.ts';
import { Decisions } from './stat.ts';

/** `identity` null: callers without one. `refused`: requests a second that were turned away. */
export const PolicyClient = Type.Object({
  identity: Nullable(Type.String()),
  rps: Type.Number({ minimum: 0 }),
  refused: Type.Number({ minimum: 0 }),
});
export type PolicyClient = Static<typeof PolicyClient>;

/** Kinds as proxies name them: `default` where no object is behind it. */
const Named = Type.Object({ kind: Type.String(), name: Type.String() });

/**
 * `authorization` is null for what was turned away: nothing authorized it. `clients`: the most requests first, at most 20;
 * `moreClients` counts the others.
 */
export const PolicyRow = Type.Object({
  id: Type.String(),
  workload: Type.String(),
  server: Type.Object({ ...Named.properties, port: Nullable(Type.String()) }),
  route: Nullable(Type.Object({ ...Named.properties, group: Type.String() })),
  authorization: Nullable(Named),
  golden: Nullable(Golden),
  decisions: Decisions,
  clients: Type.Array(PolicyClient),
  moreClients: Type.Integer({ minimum: 0 }),
});
export type PolicyRow = Static<typeof PolicyRow>;

export const Policies = Type.Object({ ...SNAPSHOT, rows: Type.Array(PolicyRow) });
export type Policies = Static<typeof Policies>;
