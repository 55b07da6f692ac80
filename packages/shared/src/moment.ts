// An evaluation time: RFC 3339 or Unix seconds in, Unix seconds out.

import { type Static, Type } from 'typebox';

export const MOMENT_ALLOWED = 'RFC 3339, such as 2026-11-23T15:47:10Z, or Unix seconds';

export const Moment = Type.String({ minLength: 1, maxLength: 40, description: MOMENT_ALLOWED });
export type Moment = Static<typeof Moment>;

/** Unix seconds of `text`, or null when it is neither RFC 3339 nor a positive number. */
export function momentSeconds(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) {
    const seconds = Number(text);
    return seconds <= 253_402_300_799 ? seconds : null; // year 9999: the end of RFC 3339
  }
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) || ms < 0 ? null : ms / 1000;
}
