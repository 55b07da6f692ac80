// The tokens that open this server, as their file has them: one alone, or NAME:ROLE:SECRET lines. Pure.

import { ROLES, type Role } from './viewer.ts';
import { weakness } from './weak-secret.ts';

export interface AccessToken {
  readonly name: string;
  readonly role: Role;
  readonly secret: string;
}

const LEAST_TOKEN = 16;
const MAKE_ONE = 'write one with openssl rand -hex 32';
const LINE = /^([A-Za-z0-9._@-]{1,64}):(viewer|tapper|signer):(\S+)$/;
/** A token without a name stands alone in its file, and may everything. */
const ALONE = 'shared';

/** Throws what is wrong and where; a secret is never repeated in a message. */
export function parseAccessTokens(text: string): AccessToken[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, i) => ({ line: line.trim(), number: i + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
  const [only] = lines;
  if (!only) throw new Error(`it holds no token: ${MAKE_ONE}`);
  if (lines.length === 1 && !LINE.test(only.line)) return [tokenAlone(only.line)];

  const tokens: AccessToken[] = [];
  for (const { line, number } of lines) {
    const [, name, role, secret] = LINE.exec(line) ?? [];
    if (!name || !role || !secret)
      throw new Error(
        `line ${number} is no token: write NAME:ROLE:SECRET, the role one of ${ROLES.join(', ')}`,
      );
    const weak = weakness(secret, LEAST_TOKEN);
    if (weak) throw new Error(`line ${number}: its secret ${weak}: ${MAKE_ONE}`);
    if (tokens.some((token) => token.name === name))
      throw new Error(
        `line ${number} has the name "${name}" a second time: every token needs a name of its own`,
      );
    tokens.push({ name, role: role as Role, secret });
  }
  return tokens;
}

function tokenAlone(secret: string): AccessToken {
  const weak = /\s/.test(secret) ? 'has spaces in it' : weakness(secret, LEAST_TOKEN);
  if (weak) throw new Error(`its token ${weak}: ${MAKE_ONE}`);
  return { name: ALONE, role: 'signer', secret };
}
