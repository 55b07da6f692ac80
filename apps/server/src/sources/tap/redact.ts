// Header values that are secrets: they stop here, so that nothing behind this folder can show them.

import type { TapHeader } from '@latchwork/shared/tap-event';

const SECRET = new Set(['authorization', 'cookie', 'proxy-authorization', 'set-cookie', 'x-api-key']);
/** Whatever calls itself one of these is one, whoever invented the header. */
const SOUNDS_SECRET = /(^|[-_])(api-?key|jwt|passw(or)?d|secret|session-?id|token)s?($|[-_])/;

/** The value of a secret header becomes null: withheld, and known to have been there. */
export function redactHeader({ name, value }: TapHeader): TapHeader {
  return isSecretHeader(name) ? { name, value: null } : { name, value };
}

function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return SECRET.has(lower) || SOUNDS_SECRET.test(lower);
}
