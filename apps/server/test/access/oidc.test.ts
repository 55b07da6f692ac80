import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { About } from '@latchwork/shared/about';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSeal } from '../../src/security/login/sealed.ts';
import { buildTestApp } from '../build-test-app.ts';
import { CLIENT, createBrowser, startIssuer } from '../inputs/issuer.ts';

const ACCOUNTS = {
  jane: { email: 'jane@example.com', email_verified: true, groups: ['platform', 'system:masters'] },
  joe: { email: 'joe@example.com', email_verified: true, groups: ['sales'] },
  eve: { email: 'eve@example.com', email_verified: false, groups: ['platform'] },
  ann: { email: 'ann@elsewhere.example', email_verified: true, groups: ['platform'] },
};

async function guarded(args: readonly string[] = [], nowMs: () => number = Date.now) {
  const folder = mkdtempSync(join(tmpdir(), 'latchwork-oidc-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `${CLIENT.secret}\n`);
  const issuer = await startIssuer(ACCOUNTS);
  const lines: string[] = [];
  const app = await buildTestApp({
    args: [
      ...['--oidc-issuer', issuer.url, '--oidc-client-id', CLIENT.id],
      ...['--oidc-client-secret-file', secretFile, '--role-group', 'signer=platform', ...args],
    ],
    more: { nowMs, logger: { level: 'warn', stream: { write: (line: string) => void lines.push(line) } } },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  issuer.register(`${url}/login/oidc/back`);
  return { app, url, secretFile, lines, issuer };
}

async function aboutFor(browser: ReturnType<typeof createBrowser>, url: string) {
  const answer = await browser.ask(new URL(`${url}/api/about`));
  const about = answer.ok ? ((await answer.json()) as Partial<About>) : {};
  return { status: answer.status, about };
}

describe('logging in by OpenID Connect', () => {
  it('leads to the page that was asked for, with a name and the role of a group', async () => {
    const { url, lines } = await guarded();
    const jane = createBrowser('jane');
    const first = await jane.open(`${url}/?namespace=shop`);
    expect(first.status).toBe(401);
    const [, start = ''] = /href="(\/login\/oidc[^"]*)"/.exec(first.body) ?? [];
    const there = await jane.open(`${url}${start.replaceAll('&amp;', '&')}`);
    expect([there.status, there.url.href]).toEqual([200, `${url}/?namespace=shop`]);
    const { about } = await aboutFor(jane, url);
    expect(about.viewer).toEqual({ name: 'jane@example.com', role: 'signer', canLogOut: true });
    const cookies = [...jane.jarOf(new URL(url))];
    expect(cookies.map(([name]) => name)).toEqual(['latchwork_person']);
    expect(Buffer.from(cookies[0]?.[1] ?? '', 'base64url').toString('latin1')).not.toContain('jane');
    const records = lines.map((line) => JSON.parse(line)).filter(({ record }) => record);
    expect(records).toMatchObject([{ event: 'login', who: 'user:jane@example.com', way: 'oidc' }]);
    expect(lines.join('')).not.toContain(CLIENT.secret);
  });

  it('has a way out, which the issuer hears of where it offers one', async () => {
    const { url, issuer } = await guarded();
    const joe = createBrowser('joe');
    await joe.open(`${url}/login/oidc`);
    expect((await aboutFor(joe, url)).about.viewer).toEqual({
      name: 'joe@example.com',
      role: 'viewer',
      canLogOut: true,
    });
    const out = await joe.open(`${url}/logout`, new URLSearchParams());
    expect(out.body).toContain('You are logged out here');
    expect(out.body).toContain(issuer.url);
    expect((await aboutFor(joe, url)).status).toBe(401);
  });

  it.each([
    ['joe', ['--oidc-allowed-group', 'platform'], /none of the groups/],
    ['ann', ['--oidc-allowed-domain', 'example.com'], /none of the domains/],
    ['eve', [], /not verified/],
    ['eve', ['--oidc-user-claim', 'sub', '--oidc-allowed-domain', 'example.com'], /not verified/],
  ])('keeps %s out with %j, and says why', async (login, args, why) => {
    const { url } = await guarded(args);
    const browser = createBrowser(login);
    const answer = await browser.open(`${url}/login/oidc`);
    expect([answer.status, why.test(answer.body)]).toEqual([403, true]);
    expect((await aboutFor(browser, url)).status).toBe(401);
  });

  it('is refused with the way back of somebody else’s login, and with none of ours', async () => {
    const { url } = await guarded();
    const [jane, joe] = [createBrowser('jane'), createBrowser('joe')];
    const sent = await jane.ask(new URL(`${url}/login/oidc`));
    expect(sent.headers.get('location')).toMatch(/code_challenge_method=S256/);
    const back = `${url}/login/oidc/back?code=stolen&state=guessed`;
    expect((await joe.open(back)).status).toBe(400);
    expect((await jane.open(back)).status).toBe(401);
  });

  it('ends for every copy of its cookie when somebody logs out, and for what is open', async () => {
    const { app, url } = await guarded();
    const jane = createBrowser('jane');
    await jane.open(`${url}/login/oidc`);
    const headers = { cookie: `latchwork_person=${jane.jarOf(new URL(url)).get('latchwork_person')}` };
    const socket = await app.injectWS('/api/live', { headers: { ...headers, host: 'localhost' } });
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    await jane.open(`${url}/logout`, new URLSearchParams());
    expect((await app.inject({ url: '/api/graph', headers })).statusCode).toBe(401);
    expect(await closed).toBe(1008);
    await jane.open(`${url}/login/oidc`);
    expect((await aboutFor(jane, url)).status).toBe(200);
  });

  it('ends one alone, also where cookies are older than the names of logins', async () => {
    const { app, url, issuer } = await guarded();
    const seal = createSeal(CLIENT.secret, `session ${issuer.url} ${CLIENT.id}`);
    const ends = Math.floor(Date.now() / 1000) + 3_600;
    const [jane = '', joe = ''] = ['jane', 'joe'].map(
      (u) => `latchwork_person=${seal.close({ u: `${u}@example.com`, g: [], e: ends })}`,
    );
    const status = async (cookie: string) =>
      (await app.inject({ url: '/api/graph', headers: { cookie } })).statusCode;
    expect([await status(jane), await status(joe)]).toEqual([200, 200]);
    await fetch(`${url}/logout`, { method: 'POST', headers: { cookie: jane }, redirect: 'manual' });
    expect([await status(jane), await status(joe)]).toEqual([401, 200]);
  });

  it('takes no way back that is older than it says, whatever the browser kept', async () => {
    let nowMs = Date.now();
    const { url } = await guarded([], () => nowMs);
    const jane = createBrowser('jane');
    await jane.ask(new URL(`${url}/login/oidc`));
    nowMs += 601_000;
    expect((await jane.open(`${url}/login/oidc/back?code=late&state=late`)).status).toBe(400);
  });

  it('is not sent out by another site', async () => {
    const { url } = await guarded();
    const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(`${url}/logout`, { method: 'POST', headers })).status).toBe(403);
    expect((await fetch(`${url}/logout`)).status).not.toBe(200);
  });

  it('ends after its time, with the client secret, and for a cookie that was changed', async () => {
    let nowMs = Date.now();
    const { app, url, secretFile } = await guarded([], () => nowMs);
    const jane = createBrowser('jane');
    await jane.open(`${url}/login/oidc`);
    const cookie = jane.jarOf(new URL(url)).get('latchwork_person') ?? '';
    const status = async (value: string) =>
      (await app.inject({ url: '/api/graph', headers: { cookie: `latchwork_person=${value}` } })).statusCode;
    expect(await status(cookie)).toBe(200);
    expect(await status(`${cookie.slice(0, -3)}AAA`)).toBe(401);
    nowMs += 8 * 3_600_000 + 1_000;
    expect(await status(cookie)).toBe(401);
    nowMs -= 8 * 3_600_000;
    expect(await status(cookie)).toBe(200);
    writeFileSync(secretFile, 'another-client-secret-0815');
    expect(await status(cookie)).toBe(401);
  });

  it('says so when the issuer does not answer, and starts all the same', async () => {
    const { url } = await guarded(['--oidc-issuer', 'http://127.0.0.1:9']);
    const answer = await createBrowser('jane').open(`${url}/login/oidc`);
    expect([answer.status, answer.body.includes('does not answer')]).toEqual([502, true]);
  });
});
