// Moments as a clock shows them, in UTC, so that a shared link reads the same everywhere.

/** "15:41", or "15:41:07" with seconds; `text` is RFC 3339. Empty when it is no moment. */
export function clock(text: string, seconds = false): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return '';
  return date.toISOString().slice(11, seconds ? 19 : 16);
}

/** "2026-11-23 15:47:10 UTC". */
export function moment(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** "15:41:07.914". */
export function clockMs(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(11, 23);
}
