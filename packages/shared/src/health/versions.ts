// Which versions run: of the control plane, of the proxies by workload, and how far they are apart.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';

const Count = Type.Integer({ minimum: 0 });

/** Against the control plane: `newer` is the wrong order of an upgrade. `other`: of another channel or vendor, which cannot be compared. */
export const Skew = Type.Union([
  Type.Literal('none'),
  Type.Literal('older'),
  Type.Literal('newer'),
  Type.Literal('other'),
  Type.Literal('unknown'),
]);
export type Skew = Static<typeof Skew>;

/** `version` as Kubernetes says, null where it does not; `builds` as the proxies say of themselves, such as `2.366.0`. */
export const ProxyVersion = Type.Object({
  version: Nullable(Type.String()),
  builds: Type.Array(Type.String()),
  pods: Count,
  workloads: Type.Array(Type.String()),
  skew: Skew,
  /** Null where there is nothing to say of it. */
  note: Nullable(Type.String()),
});
export type ProxyVersion = Static<typeof ProxyVersion>;

export const Versions = Type.Object({
  controlPlane: Nullable(Type.String()),
  /** `edge`, `stable`, `enterprise`, or what the version begins with; null where it has none. */
  channel: Nullable(Type.String()),
  kubernetes: Nullable(Type.String()),
  latchwork: Type.String(),
  extensions: Type.Array(Type.Object({ name: Type.String(), version: Nullable(Type.String()), pods: Count })),
  proxies: Type.Array(ProxyVersion),
  /** What the skew means, in words; null without one. */
  note: Nullable(Type.String()),
});
export type Versions = Static<typeof Versions>;
