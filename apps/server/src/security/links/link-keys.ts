// The keys of signed links, as their file has them: one a line, the first one signs, all of them open. Pure.

import { weakness } from '../weak-secret.ts';
import type { LinkKey } from './signed-link.ts';

const LEAST_SECRET = 32;
const KEY_FILE_ALLOWED =
  'one key a line, NAME:SECRET, the secret of at least 32 characters, such as the output of: echo "2026-11:$(openssl rand -hex 32)"';

/** Throws what is wrong and where; a secret is never repeated in a message. */
export function parseLinkKeys(text: string): LinkKey[] {
  const keys: LinkKey[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, id, secret] = /^([A-Za-z0-9_-]{1,32}):(\S+)\s*$/.exec(line) ?? [];
    const weak = secret === undefined ? null : weakness(secret, LEAST_SECRET);
    if (!id || !secret || weak)
      throw new Error(
        `line ${i + 1} is no key${weak ? `: its secret ${weak}` : ''}: write ${KEY_FILE_ALLOWED}`,
      );
    if (keys.some((key) => key.id === id))
      throw new Error(`line ${i + 1} has the name "${id}" a second time: every key needs a name of its own`);
    keys.push({ id, secret });
  }
  if (keys.length === 0) throw new Error(`there is no key in it: write ${KEY_FILE_ALLOWED}`);
  return keys;
}
