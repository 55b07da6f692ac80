// What is said of a kind of object that may not be read as it should, or not at all: why, and what would help. Pure.

import { SourceError } from '../../source-error.ts';
import { kindRule } from '../rights/kind-rules.ts';
import { type AccessRule, ruleLine, rulesPhrase } from '../rights/missing-rule.ts';
import type { Kind } from './kinds.ts';
import type { KindPart } from './state.ts';
import type { LateWatch } from './watch-signs.ts';

export type Said = Pick<KindPart, 'message' | 'remedy' | 'missing'>;

export const NOTHING_SAID: Said = { message: null, remedy: null };

/** It may be listed, and is, every `slowMs`. */
export function unwatchable(kind: Kind<unknown>, namespace: string | null, slowMs: number): Said {
  const missing = [kindRule('watch', kind, namespace)];
  return {
    message: `read again every ${Math.round(slowMs / 1000)} s: no right to ${rulesPhrase(missing)}`,
    remedy: `grant ${ruleLine(missing)}`,
    missing,
  };
}

/** It is there in versions of which nobody here knows what they say. */
export function unknown(
  { group, resource, versions: ours }: Pick<Kind<unknown>, 'group' | 'resource' | 'versions'>,
  versions: readonly string[],
): Said {
  return {
    message: `the cluster has ${resource}.${group} as ${versions.join(', ')}, of which ${ours.join(', ')} would be understood`,
    remedy: 'let the cluster serve one of those as well, or look for a newer Latchwork',
  };
}

export function unlistable(error: SourceError, missing: readonly AccessRule[]): Said {
  return {
    message: `no right to ${rulesPhrase(missing)} (${error.message})`,
    remedy: `grant ${ruleLine(missing)}`,
    missing,
  };
}

/** Its connection is open: what is known may be old, and is read again. */
export function silent(
  { resource }: Pick<Kind<unknown>, 'resource'>,
  { silentMs, usualMs }: LateWatch,
): Said {
  const seconds = (ms: number) => Math.round(ms / 1000);
  return {
    message: `the watch of ${resource} is late: nothing came for ${seconds(silentMs)} s, where the API server marks at least every ${seconds(usualMs)} s how far it is`,
    remedy:
      'look at what is between this server and the API server, such as a load balancer that holds connections open, and at the load of the API server',
  };
}

export function unreadable(error: unknown, { resource }: Pick<Kind<unknown>, 'resource'>): Said {
  return error instanceof SourceError
    ? { message: error.message, remedy: error.remedy ?? null }
    : {
        message: `the watch of ${resource} sent something that is no JSON`,
        remedy: 'check that nothing between this server and the API server changes its answers',
      };
}
