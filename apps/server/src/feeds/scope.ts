// Parameters of a topic, checked and put in one spelling, so that equal questions share one feed.

import type { HistoryParams, ScopeParams } from '@latchwork/shared/live';
import { MOMENT_ALLOWED, momentSeconds } from '@latchwork/shared/moment';
import { WINDOW_ALLOWED, WINDOW_DEFAULT, windowSeconds } from '@latchwork/shared/window';
import { BadParam } from '../contract/bad-param.ts';
import type { MeshScope } from '../mesh/scope.ts';

/** `atSeconds` null is now (or the moment that the server was started for). */
export interface Span {
  readonly windowSeconds: number;
  readonly atSeconds: number | null;
  /** Absent: the cluster that the server was started for. */
  readonly cluster?: string;
}

export function toSpan({ window = WINDOW_DEFAULT, at, cluster }: HistoryParams): Span {
  const seconds = windowSeconds(window);
  if (seconds === null) throw new BadParam('window', window, WINDOW_ALLOWED);
  const moment = at === undefined ? null : momentSeconds(at);
  if (at !== undefined && moment === null) throw new BadParam('at', at, MOMENT_ALLOWED);
  return { windowSeconds: seconds, atSeconds: moment, ...(cluster === undefined ? {} : { cluster }) };
}

export function toScope({ namespace = [], noise = 'hide' }: ScopeParams): MeshScope {
  return { namespaces: [...new Set(namespace)].sort(), noise };
}
