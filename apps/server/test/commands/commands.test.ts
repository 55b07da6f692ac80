// Commands that look at a mesh: against a running server, and against the sources themselves.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openOwnSources } from '../../src/commands/asking/own-sources.ts';
import { edges } from '../../src/commands/edges.ts';
import { stat } from '../../src/commands/stat.ts';
import { buildTestApp } from '../build-test-app.ts';
import { neighbourly } from '../embed/embed-parts.ts';
import { createFakeSource } from '../inputs/fake-mesh.ts';
import { startHttpStore } from '../inputs/http-store.ts';
import { listening, runCommand } from './run-command.ts';

const TOKEN = '9f86d081884c7d659a2feaa0c55ad015';

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchwork-token-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'token'), text);
  return join(folder, 'token');
}

describe('a command with --url', () => {
  it('prints what the server says', async () => {
    const url = await listening(await buildTestApp());
    const { out, err, code } = await runCommand(stat, ['deploy', '--url', url]);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/^ {3}NAME +MESHED +SUCCESS +RATE +P50 +P95 +P99 +REFUSED +CONNS +READ +WRITE\n/);
    expect(out).toMatch(/\n√ {2}shop\/web +yes +100 % +2\.00\/s/);
  });

  it('asks for the namespaces, the window and the moment that are given', async () => {
    const source = createFakeSource({ rps: 2 });
    const url = await listening(await buildTestApp({ source }));
    const { out } = await runCommand(edges, [
      ...['-n', 'shop', '--time-window', '5m', '--at', '1800000000', '--url', url, '-o', 'json'],
    ]);
    expect(source.reads).toContainEqual({ windowSeconds: 300, atSeconds: 1_800_000_000 });
    expect(JSON.parse(out)).toMatchObject({
      edges: [{ source: 'unmeshed:shop/deployment/web', target: 'shop/deployment/web' }],
    });
    const elsewhere = await runCommand(edges, ['-n', 'attic', '--url', url]);
    expect(elsewhere).toMatchObject({ code: 3, out: '', err: 'no edge there in this window\n' });
  });

  it('sends the token, and says what is missing without one', async () => {
    const args = ['--access-token-file', fileWith(`ann:viewer:${TOKEN}\n`)];
    const url = await listening(await buildTestApp({ args }));
    const without = await runCommand(stat, ['--url', url]);
    expect(without).toMatchObject({ code: 3, out: '' });
    expect(without.err).toMatch(/^this server answers only those whom it knows: send an access token/);
    for (const text of [TOKEN, `# mine\nann:viewer:${TOKEN}\n`])
      expect(await runCommand(stat, ['--url', url, '--token-file', fileWith(text)])).toMatchObject({
        code: 0,
      });
  });

  it('says that nobody answers, or somebody else', async () => {
    const nobody = await runCommand(stat, ['--url', 'http://127.0.0.1:9']);
    expect(nobody).toMatchObject({ code: 3, out: '' });
    expect(nobody.err).toMatch(
      /^no answer from http:\/\/127\.0\.0\.1:9 \(.+\): see that a Latchwork runs there\n$/,
    );
    const store = await startHttpStore();
    onTestFinished(() => store.close());
    for (const text of ['{}', '<html>', '[1]']) {
      store.answer = (response) => response.end(text);
      const other = await runCommand(stat, ['--url', store.url]);
      expect(other).toMatchObject({ code: 3, out: '' });
      expect(other.err).toMatch(/is no Latchwork of this version/);
    }
  });

  it('prints again while somebody watches', async () => {
    const url = await listening(await buildTestApp());
    let left = 2;
    const { out } = await runCommand(stat, ['--url', url, '--watch', '--json'], {
      wait: async () => left-- > 0,
    });
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).rows.length),
    ).toEqual([1, 1, 1]);
  });

  it('prints edges without their reasons, and says so, where those cannot be read', async () => {
    const server = await startHttpStore();
    onTestFinished(() => server.close());
    const whole = await buildTestApp();
    server.answer = async (response, { path, form }) => {
      if (path === '/api/problems') response.writeHead(503).end('{"message":"too many ask"}');
      else response.end((await whole.inject(`${path}?${form}`)).body);
    };
    const { out, err, code } = await runCommand(edges, ['--url', server.url]);
    expect({ code, err }).toEqual({ code: 0, err: 'why it is so could not be read: too many ask\n' });
    expect(out).toMatch(/shop\/web/);
  });

  it('leaves on the screen what is there until the next answer is', async () => {
    const CLEAR = '\u001b[2J\u001b[H';
    const server = await startHttpStore();
    onTestFinished(() => server.close());
    const whole = await buildTestApp();
    let isAway = false;
    server.answer = async (response, { path, form }) => {
      if (isAway) response.writeHead(503).end('{"message":"the store is away"}');
      else response.end((await whole.inject(`${path}?${form}`)).body);
    };
    const look = { columns: 120, hasColour: false, isUtf8: true };
    const wait = async () => {
      isAway = true;
      return true;
    };
    const { out, err, code } = await runCommand(stat, ['--url', server.url, '--watch'], { look, wait });
    expect({ code, err }).toEqual({ code: 3, err: 'the store is away\n' });
    expect(out.split(CLEAR)).toEqual(['', expect.stringMatching(/shop\/web/)]);
  });
});

describe('a command without --url', () => {
  it('asks the sources, and listens nowhere', async () => {
    const store = await startHttpStore();
    onTestFinished(() => store.close());
    const { code, out, err } = await runCommand(stat, ['--prometheus', store.url, '--no-kubernetes']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/nothing was seen/);
    expect(store.seen.length).toBeGreaterThan(5);
  });

  it('hides no mistake of its own behind that', async () => {
    // The settings are checked before: without any source nobody gets here.
    const broken = { sources: {}, cluster: null, environment: {}, tap: { tapUrl: null } };
    await expect(openOwnSources(broken as never)).rejects.toMatchObject({ name: 'Error' });
  });

  it.each([['--prometheus'], ['--url']])('%s says which variable names no proxy', async (flag) => {
    const environment = { HTTP_PROXY: 'ftp://proxy.test' };
    const { code, out, err } = await runCommand(edges, [flag, 'http://mesh.test'], { environment });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^HTTP_PROXY names no proxy: write http:/);
  });

  it('says why it could not look', async () => {
    const { code, out, err } = await runCommand(edges, ['--prometheus', 'http://127.0.0.1:9']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/127\.0\.0\.1:9/);
  });
});

describe('wrong arguments', () => {
  it.each([
    [['nonsense'], /^"nonsense" is no kind of resource here: use one of deployment,/],
    [['deploy/'], /"deploy\/" is no resource/],
    [['all', 'deploy/web'], /'all' is everything already/],
    [['--to', 'deploy/a', '--from', 'deploy/b'], /--to and --from exclude each other/],
    [['-A', '-n', 'shop'], /--all-namespaces and --namespace exclude each other/],
    [['-n', 'Shop'], /^-n "Shop" is not a DNS-1123 label/],
    [['-t', '1y'], /^-t "1y" is not a Prometheus duration/],
    [['-o', 'yaml'], /^-o "yaml" is unknown here/],
    [['-n', '-A'], /^-n needs a value: -n NAME/],
    [['--too', 'x'], /^--too is unknown: did you mean --to\?/],
    [['--token-file', '/dev/null'], /^--token-file needs --url besides/],
    [['--url', 'http://a.test', '--prometheus', 'http://b.test'], /^--prometheus contradicts --url/],
    ...[
      ['--kubeconfig', '/dev/null'],
      ['--context', 'east'],
      ['--no-kubernetes'],
      ['--matcher', 'cluster="east"'],
      ['--prometheus-token-file', '/dev/null'],
      ['--prometheus-header', 'X-Scope-OrgID: team'],
      ['--latency-target-ms=500'],
      ['--tap-url', 'http://b.test'],
    ].map(([name = '', ...value]): [string[], RegExp] => [
      ['--url', 'http://a.test', name, ...value],
      new RegExp(`^${name.replace(/=.*/, '')} contradicts --url`),
    ]),
    [['--url', 'nowhere'], /"nowhere" is no URL/],
  ])('%j', async (args, message) => {
    const { code, err, out } = await runCommand(stat, args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toMatch(/latchwork stat --help lists the flags\n$/);
  });

  it('has a help text for each', async () => {
    for (const command of [stat, edges]) {
      const { code, out } = await runCommand(command, ['-h']);
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: latchwork \w+ .*\[flags\]\n/);
    }
  });
});

describe('latchwork edges pod', () => {
  const pairs = neighbourly();

  it('lists which pod calls which in the namespaces that are given, in each format', async () => {
    const url = await listening(await buildTestApp({ fakes: { answers: pairs } }));
    const printed = (format: string) => runCommand(edges, ['po', '-n', 'shop', '--url', url, '-o', format]);
    const table = await printed('table');
    expect(table.code).toBe(0);
    expect(table.out).toMatch(/^ +FROM +TO +SECURED +RATE +SUCCESS +LOCK\n/);
    expect(table.out).toMatch(/shop\/web-1 +shop\/api-1 /);
    expect(table.err).toMatch(/3 further pairs with less trouble are not listed/);
    expect((await printed('csv')).out).toMatch(
      /^source,target,[^\n]*\nsecret-bank\/pod\/ledger-1,shop\/pod\/web-1,/,
    );
    expect(JSON.parse((await printed('json')).out)).toMatchObject({
      where: 'shop',
      edges: [{ target: 'shop/pod/web-1' }, { target: 'shop/pod/api-1' }],
    });
    const { out } = await runCommand(edges, ['po/api-1', '-n', 'shop', '--url', url, '-o', 'json']);
    expect(JSON.parse(out).edges).toHaveLength(1);
  });

  it('wants to know of which namespaces', async () => {
    const { code, err } = await runCommand(edges, ['pod', '--url', 'http://127.0.0.1:9']);
    expect([code, err]).toEqual([2, expect.stringMatching(/name one with --namespace/)]);
  });
});
