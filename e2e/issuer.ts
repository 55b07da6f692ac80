// A real issuer of OpenID Connect on loopback, with a page on which anybody logs in as whom they say.

import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from '../scripts/free-port.ts';

export const CLIENT = { id: 'latchwork', secret: 'client-secret-of-a-story-4711' };

export interface Issuer {
  readonly url: string;
  close(): void;
}

/** `back`: the only address that it sends people to. */
export async function startIssuer(
  back: string,
  accounts: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): Promise<Issuer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const provider = new Provider(url, {
    clients: [
      { client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [back], response_types: ['code'] },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['groups'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts[id] }),
    }),
    cookies: { keys: ['key-of-a-story'] },
  });
  const server = createServer(provider.callback());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
