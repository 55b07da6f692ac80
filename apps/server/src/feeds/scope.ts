// Parameters of a topic, checked and put in one spelling, so that equal questions share one feed.

import type { HistoryParams, ScopeParams } from '@latchwork/shared/live/live';
import { MOMENT_ALLOWED, momentSeconds } from '@latchwork/shared/moment';
import { WINDOW_ALLOWED, WINDOW_DEFAULT, WINDOW_MIN_SECONDS, windowSeconds } from '@latchwork/shared/window';
import { BadParam } from '../contract/bad-param.ts';
import type { MeshScope } from '../mesh/scope.ts';

/** `atSeconds` null is now (or the moment that the server was started for). */
export interface Span {
  readonly windowSeconds: number;
  readonly atSeconds: number | null;
  /** Absent: the cluster that the server was started for. */
  readonly cluster?: string;
}

/** Moments this near are one: no scrape is more frequent that anybody looks back at. */
const MOMENT_STEP_SECONDS = 5;

/** To three steps a decade or finer: every different window is a collection of its own. */
function roundedWindow(seconds: number): number {
  const step = seconds <= 600 ? 5 : seconds <= 7_200 ? 60 : 600;
  return Math.max(WINDOW_MIN_SECONDS, Math.round(seconds / step) * step);
}

export function toSpan({ window = WINDOW_DEFAULT, at, cluster }: HistoryParams): Span {
  const seconds = windowSeconds(window);
  if (seconds === null) throw new BadParam('window', window, WINDOW_ALLOWED);
  const moment = at === undefined ? null : momentSeconds(at);
  if (at !== undefined && moment === null) throw new BadParam('at', at, MOMENT_ALLOWED);
  return {
    windowSeconds: roundedWindow(seconds),
    atSeconds: moment === null ? null : Math.floor(moment / MOMENT_STEP_SECONDS) * MOMENT_STEP_SECONDS,
    ...(cluster === undefined ? {} : { cluster }),
  };
}

export function toScope({ namespace = [], noise = 'hide' }: ScopeParams): MeshScope {
  return { namespaces: [...new Set(namespace)].sort(), noise };
}
