// What the page has to know about its server before any topic answers.

import { type Static, Type } from 'typebox';
import { LinkTemplate } from './link-template.ts';
import { Nullable } from './nullable.ts';

/**
 * `build` changes with every release: a page that sees another one reloads. `mode` is `demo` for invented data,
 * `replay` for a recording (then `at` is its moment), else `live`. `source` names the Prometheus without credentials.
 * `tap.off`: switched off on purpose, so nothing needs to be said of it. `kubernetes.identity`: whom the API server
 * takes this server for, in words. `embed`: who may frame the embedded graph, whether links can be signed, and whether one is
 * needed; absent inside an embedded page. `clusters`: those that the store holds, where a constant matcher names one of
 * them, or a label tells several apart; topics take any as `cluster`. `viewer`: who is logged in, absent where nobody has
 * to. `contexts`: those of the kubeconfig, where whoever asks may choose one. `openToAll`: anybody on the network sees this mesh, because nothing is asked for. `links`: other tools that know the
 * same things. Kubernetes and tap are those of `current`, whichever is shown.
 */
export const About = Type.Object({
  version: Type.String(),
  build: Type.String(),
  mode: Type.Union([Type.Literal('live'), Type.Literal('demo'), Type.Literal('replay')]),
  at: Nullable(Type.String()),
  source: Type.String(),
  tap: Type.Object({
    available: Type.Boolean(),
    reason: Nullable(Type.String()),
    off: Type.Optional(Type.Boolean()),
  }),
  kubernetes: Type.Optional(
    Type.Object({
      available: Type.Boolean(),
      reason: Nullable(Type.String()),
      server: Nullable(Type.String()),
      identity: Nullable(Type.String()),
    }),
  ),
  clusters: Type.Optional(
    Type.Object({ label: Type.String(), current: Type.String(), values: Type.Array(Type.String()) }),
  ),
  contexts: Type.Optional(Type.Object({ current: Type.String(), names: Type.Array(Type.String()) })),
  embed: Type.Optional(
    Type.Object({
      ancestors: Type.Array(Type.String()),
      canSign: Type.Boolean(),
      needsLink: Type.Boolean(),
      mostDays: Type.Integer(),
    }),
  ),
  viewer: Type.Optional(
    Type.Object({
      name: Type.String(),
      role: Type.Union([Type.Literal('viewer'), Type.Literal('tapper'), Type.Literal('signer')]),
      canLogOut: Type.Boolean(),
    }),
  ),
  openToAll: Type.Optional(Type.Boolean()),
  links: Type.Optional(Type.Array(LinkTemplate)),
  latencyTargetMs: Type.Number(),
  successTarget: Type.Number(),
});
export type About = Static<typeof About>;
