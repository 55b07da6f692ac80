// What every answer about the mesh says of itself: when, over what span, what was hidden, what is missing.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';
import { Parts } from './parts.ts';
import { Finding } from './problems/finding.ts';

/** Noise that was left out: probes, scrapes, tap, infrastructure. */
export const Hidden = Type.Object({
  requestsPerSecond: Type.Number({ minimum: 0 }),
  edges: Type.Integer({ minimum: 0 }),
});
export type Hidden = Static<typeof Hidden>;

/**
 * `at` is RFC 3339; `windowSeconds` is the window used, `windowAsked` what was asked for (shorter when it had to be
 * widened); `scrapeIntervalSeconds` is measured from the data, null when unknown. `latencyBoundsMs`: the finite upper
 * bounds of the buckets that latencies were read from, rising; none where there are no latencies. `namespaces` are all
 * that are known, whatever the scope. `diagnoses`: known causes of an empty or misleading picture.
 */
export const SNAPSHOT = {
  at: Type.String(),
  windowSeconds: Type.Number(),
  windowAskedSeconds: Type.Number(),
  scrapeIntervalSeconds: Nullable(Type.Number()),
  latencyBoundsMs: Type.Array(Type.Number()),
  namespaces: Type.Array(Type.String()),
  hidden: Hidden,
  parts: Parts,
  diagnoses: Type.Array(Finding),
};

export const Snapshot = Type.Object(SNAPSHOT);
export type Snapshot = Static<typeof Snapshot>;
