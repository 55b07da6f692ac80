// A real issuer of OpenID Connect on loopback, and a browser that logs in there: it has cookies, follows, and fills forms.

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { onTestFinished, vi } from 'vitest';

export const CLIENT = { id: 'latchwork', secret: 'client-secret-of-a-test-4711' };

export type Accounts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** `register`: which addresses it may send people back to. */
export async function startIssuer(accounts: Accounts) {
  let answer: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // It says of every default that it is one.
  const quiet = (['info', 'warn'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => undefined),
  );
  onTestFinished(() => {
    for (const spy of quiet) spy.mockRestore();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    register(back: string) {
      const provider = new Provider(url, {
        clients: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            redirect_uris: [back],
            response_types: ['code'],
          },
        ],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['groups'] },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: async () => ({ sub: id, ...accounts[id] }),
        }),
        cookies: { keys: ['key-of-a-test'] },
      });
      answer = provider.callback();
    },
  };
}

/** Follows until there is nothing more to follow; `fill` says who logs in. */
export function createBrowser(login: string) {
  const jars = new Map<string, Map<string, string>>();

  function jarOf(url: URL): Map<string, string> {
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    return jar;
  }

  async function ask(url: URL, form?: URLSearchParams): Promise<Response> {
    const cookie = [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie, ...(form ? { origin: url.origin } : {}) },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jarOf(url).delete(name);
      else jarOf(url).set(name, value);
    }
    return answer;
  }

  async function open(address: string, form?: URLSearchParams) {
    let url = new URL(address);
    let answer = await ask(url, form);
    for (let step = 0; step < 20; step++) {
      const location = answer.headers.get('location');
      if (location !== null) {
        url = new URL(location, url);
        answer = await ask(url);
        continue;
      }
      const body = await answer.text();
      const [, prompt] = /name="prompt" value="(\w+)"/.exec(body) ?? [];
      if (prompt === undefined) return { url, status: answer.status, body };
      const [, action = ''] = /<form[^>]+action="([^"]+)"/.exec(body) ?? [];
      url = new URL(action, url);
      answer = await ask(url, new URLSearchParams({ prompt, login, password: 'any' }));
    }
    throw new Error(`still not there: ${url}`);
  }

  return { open, ask, jarOf };
}
