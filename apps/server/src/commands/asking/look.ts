// How a terminal wants to be written to: how wide, whether in colour, in which characters.

import type { Environment } from '../../flags/given.ts';

export interface Look {
  /** Null: piped, or not known. Then nothing is cut. */
  readonly columns: number | null;
  readonly hasColour: boolean;
  readonly isUtf8: boolean;
}

export const PIPED: Look = { columns: null, hasColour: false, isUtf8: true };

export function lookOf(
  { isTTY = false, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  environment: Environment,
): Look {
  const isDumb = environment['TERM'] === 'dumb';
  return {
    columns: isTTY && columns ? columns : null,
    // https://no-color.org: whatever its value is.
    hasColour: isTTY && !isDumb && !environment['NO_COLOR'],
    isUtf8: isUtf8(environment),
  };
}

/** Where nothing is said, as in most containers, every terminal of today takes it. */
function isUtf8(environment: Environment): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return locale === '' || /utf-?8/i.test(locale);
}
