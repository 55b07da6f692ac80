import { describe, expect, it } from 'vitest';
import { askRefusal } from './refusal.ts';

const BASE = 'https://mesh.example.com/latchwork/';

async function refusalOf(answer: Partial<Response> | Error, origin = 'https://mesh.example.com') {
  const asked: string[] = [];
  const refusal = await askRefusal(BASE, origin, async (url) => {
    asked.push(String(url));
    if (answer instanceof Error) throw answer;
    return answer as Response;
  });
  expect(asked).toEqual(['https://mesh.example.com/latchwork/api/about']);
  return refusal;
}
const json = (status: number, body: unknown) => Response.json(body, { status });

describe('askRefusal(base, origin)', () => {
  it.each([
    ['a login of another site', { type: 'opaqueredirect', status: 0 } as Partial<Response>],
    ['our own login', json(401, { error: 'token-needed', message: 'x' })],
    [
      'a login page in place of the answer',
      new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
  ])('takes %s for the end of the session', async (_what, answer) => {
    expect(await refusalOf(answer)).toMatchObject({ kind: 'session-over', reload: true });
  });

  it('passes on what the server says of a host that it does not know', async () => {
    const problem = {
      message: 'the Host "x" is not among the hosts',
      remedy: 'start it with --allowed-host x',
    };
    expect(await refusalOf(json(403, problem))).toMatchObject({
      kind: 'forbidden',
      message: 'The server refuses: the Host "x" is not among the hosts.',
      remedy: 'Start it with --allowed-host x.',
    });
  });

  it('knows a proxy that is in trouble itself', async () => {
    const answer = new Response('Bad Gateway', { status: 502, headers: { 'content-type': 'text/html' } });
    expect(await refusalOf(answer)).toMatchObject({ kind: 'failing', reload: false });
  });

  it('takes an answer to the same question for a proxy without upgrades', async () => {
    expect(await refusalOf(json(200, { version: '1' }))).toMatchObject({ kind: 'no-upgrade' });
  });

  it('tells a sandbox from a server that is gone', async () => {
    expect(await refusalOf(new TypeError('failed to fetch'), 'null')).toMatchObject({ kind: 'sandboxed' });
    expect(await refusalOf(new TypeError('failed to fetch'))).toBeNull();
  });
});
