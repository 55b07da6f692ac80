// The way in by an access token: in a header, or in the cookie that a login left.

import { createSecretFile } from '../secret-file.ts';
import { type AccessToken, parseAccessTokens } from '../security/access-tokens.ts';
import { carriedToken, tokenOf } from '../security/token-check.ts';
import type { Way } from './identity.ts';

export interface TokenWay extends Way {
  /** The token that this is the secret of. */
  find(secret: string): Promise<AccessToken | null>;
}

/** The file is read again when it changes: a token that is no longer in it opens nothing. */
export function createTokenWay(tokenFile: string): TokenWay {
  const file = createSecretFile(tokenFile, parseAccessTokens);
  return {
    async viewerOf({ headers }) {
      const token = carriedToken(headers, await file.read());
      if (token === null || token === 'wrong') return token;
      const { name, role } = token;
      return { id: `token:${name}`, kind: 'token', role, groups: [], untilSeconds: null };
    },
    find: async (secret) => tokenOf(secret, await file.read()),
  };
}
