// latchwork check and latchwork doctor, against a running server and without any source that answers.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CheckState } from '@latchwork/shared/health/check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { check } from '../../src/commands/check.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { buildTestApp } from '../build-test-app.ts';
import { startHttpStore } from '../inputs/http-store.ts';
import { listening, runCommand } from './run-command.ts';

describe('latchwork check', () => {
  it('prints in the form of linkerd check, and could not look where nobody answers', async () => {
    const url = await listening(await buildTestApp());
    const { out, code } = await runCommand(check, ['--url', url]);
    expect(out).toMatch(/^metrics\n-------\n[x×] Prometheus answers\n {4}.+/);
    expect(out).toMatch(
      /\nkubernetes-api\n-{14}\n\? can initialize the client\n {4}this server is not connected/,
    );
    expect(out).toMatch(/see https:\/\/linkerd\.io\/2\/checks\/#k8s-api\n/);
    expect(out).toMatch(/\nStatus check results are [x×]\n$/);
    expect(code).toBe(3);
  });

  it('leaves out what is well with -o short, and has every field in JSON', async () => {
    const url = await listening(await buildTestApp());
    const short = await runCommand(check, ['--url', url, '-o', 'short']);
    expect(short.out).not.toMatch(/√/);
    const { out } = await runCommand(check, ['--url', url, '--json']);
    expect(JSON.parse(out)).toMatchObject({ checks: expect.any(Array), versions: { controlPlane: null } });
  });
});

describe('the exit code of latchwork check', () => {
  const PARTS = Object.fromEntries(
    ['prometheus', 'inventory'].map((name) => [name, { state: 'fresh', since: '', message: null }]),
  );

  /** Of a server whose checks stand so. */
  async function codeOf(states: readonly CheckState[], parts: object, ...args: string[]) {
    const [app, server] = [await buildTestApp(), await startHttpStore()];
    onTestFinished(() => server.close());
    const value: object = (await app.inject('/api/checks')).json();
    const checks = states.map((state) => ({
      ...{ id: state, category: 'mesh', title: state, state, evidence: null },
      ...{ finding: null, since: null, was: null, changes: null },
    }));
    server.answer = (response) => response.end(JSON.stringify({ ...value, checks, parts }));
    return (await runCommand(check, ['--url', server.url, ...args])).code;
  }

  it('is 1 when a check failed, and 0 for what is to be looked at or cannot be told', async () => {
    expect(await codeOf(['ok', 'failed'], PARTS)).toBe(1);
    expect(await codeOf(['ok', 'warning', 'unknown'], PARTS)).toBe(0);
  });

  it('is 1 for those, too, when it is strict', async () => {
    expect(await codeOf(['ok', 'warning'], PARTS, '--strict')).toBe(1);
    expect(await codeOf(['ok', 'unknown'], PARTS, '--strict')).toBe(1);
    expect(await codeOf(['ok'], PARTS, '--strict')).toBe(0);
  });

  it('is 3 where neither Kubernetes nor Prometheus answers, and not where one does', async () => {
    const failed = { state: 'failed', since: '', message: 'no answer' };
    expect(await codeOf(['failed'], { prometheus: failed, inventory: failed })).toBe(3);
    expect(await codeOf(['ok'], { ...PARTS, inventory: failed })).toBe(0);
    expect(await codeOf(['failed'], { ...PARTS, prometheus: failed })).toBe(1);
  });
});

describe('what can be one of several causes', () => {
  const causes = [
    {
      what: 'A NetworkPolicy.',
      tell: 'It times out.',
      remedy: 'Let it in.',
      command: 'kubectl a\nkubectl b',
    },
    { what: 'A policy.', tell: 'It says 403.', remedy: 'Allow it.', command: null },
  ];

  /** A server whose findings can all be one of them. */
  async function withCauses(): Promise<string> {
    const app = await buildTestApp();
    const { body } = await app.inject('/api/checks');
    const server = createServer((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(body.replaceAll('"finding":{', `"finding":{"causes":${JSON.stringify(causes)},`)),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('is told with what each says and wants', async () => {
    const url = await withCauses();
    const { out } = await runCommand(check, ['--url', url]);
    expect(out).toMatch(
      / {4}- A NetworkPolicy\. It times out\.\n {6}Let it in\.\n {6}kubectl a\n {6}kubectl b\n {4}- A policy\. It says 403\.\n {6}Allow it\.\n/,
    );
  });
});

describe('latchwork doctor', () => {
  it('stops at the first cause, with what to do', async () => {
    const url = await listening(await buildTestApp());
    const { out, code } = await runCommand(doctor, ['shop/deploy/web', '--url', url]);
    expect(out).toMatch(
      /^shop\/deployment\/web: why is there no data\?\n\n[x×] Prometheus does not answer +.+\n {2}.+/,
    );
    expect(out).toMatch(/\n[·.] It has a proxy +not asked\n/);
    expect(code).toBe(1);
    const { out: json } = await runCommand(doctor, ['deploy/web', '-n', 'shop', '--url', url, '--json']);
    expect(JSON.parse(json)).toMatchObject({ workload: 'shop/deployment/web', words: 'no answer' });
  });

  it.each([[['web']], [['deploy/web']], [['shop/deploy/web', 'shop/deploy/api']], [['shop/spoon/web']]])(
    'says how to name a workload instead of %j',
    async (words) => {
      const { err, code } = await runCommand(doctor, [...words, '--url', 'http://127.0.0.1:9']);
      expect(code).toBe(2);
      expect(err).toMatch(/NAMESPACE\/TYPE\/NAME|no kind of resource|no resource/);
    },
  );
});
