// Commands that follow: top and tap, by the same stream whether a server runs or not.

import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventMessages } from '../../src/commands/asking/event-lines.ts';
import { graph } from '../../src/commands/graph.ts';
import { routes } from '../../src/commands/routes.ts';
import { tap } from '../../src/commands/tap.ts';
import { top } from '../../src/commands/top.ts';
import type { TapClient } from '../../src/sources/tap/client.ts';
import { buildTestApp } from '../build-test-app.ts';
import { startHttpStore } from '../inputs/http-store.ts';
import { call } from '../inputs/tap-parts.ts';
import { listening, runCommand } from './run-command.ts';

/** Tells of two requests and comes to its end. */
const RECORDED: TapClient = {
  url: 'http://tap.test',
  watch(_request, listener) {
    for (const part of [...call(), ...call({ response: { httpStatus: 503 } })]) listener.part(part);
    listener.ended();
    return () => undefined;
  },
};

const WEB = ['deploy/web', '-n', 'shop'];

describe('latchwork tap and top', () => {
  it('print each request, or the rows of them', async () => {
    const url = await listening(await buildTestApp({ fakes: { tap: RECORDED } }));
    const lines = await runCommand(tap, [...WEB, '--url', url]);
    expect(lines).toMatchObject({ code: 0, err: '2 requests printed\n' });
    expect(lines.out).toMatch(/^√ {2}\S+ {2}200 .* shop\/web → shop\/cart {2}GET /m);
    expect(lines.out).toMatch(/^× {2}\S+ {2}503 /m);
    const json = await runCommand(tap, [...WEB, '--url', url, '-o', 'json']);
    expect(
      json.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).outcome)
        .sort(),
    ).toEqual(['200', '503']);
    const rows = await runCommand(top, [...WEB, '--url', url]);
    expect(rows.out).toMatch(/\n. {2}shop\/web {2}shop\/cart {2}GET /);
    expect(rows.err).toMatch(/^2 requests seen/);
    expect((await runCommand(top, [...WEB, '--url', url, '-o', 'csv'])).out).toMatch(
      /^source,target,method,/,
    );
  });

  it.each([
    [
      'breaks off',
      (response: ServerResponse) => response.destroy(),
      /^no answer from http:.* \(UND_ERR_SOCKET\)/,
    ],
    ['ends', (response: ServerResponse) => response.end(), /^the server ended what it was telling: /],
  ])('say so when the server %s', async (_, end, said) => {
    const server = await startHttpStore();
    onTestFinished(() => server.close());
    server.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"pong"}\n\n', () => end(response));
    };
    const { code, out, err } = await runCommand(tap, [...WEB, '--url', server.url]);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(said);
  });

  it('say that nothing was said when their time is over before the answer', async () => {
    const server = await startHttpStore();
    onTestFinished(() => server.close());
    server.answer = () => undefined;
    const waiting = await runCommand(tap, [...WEB, '--url', server.url, '--for', '1']);
    expect(waiting).toEqual({ code: 3, out: '', err: 'nothing was said in that time\n' });
    const SILENT: TapClient = { url: 'http://tap.test', watch: () => () => undefined };
    const url = await listening(await buildTestApp({ fakes: { tap: SILENT } }));
    const { err } = await runCommand(top, [...WEB, '--url', url, '--for', '1']);
    expect(err).not.toMatch(/no answer/);
  });

  it('say why there is nothing to watch, and end with 3', async () => {
    const store = await startHttpStore();
    onTestFinished(() => store.close());
    const { code, out, err } = await runCommand(tap, [...WEB, '--prometheus', store.url, '--for', '5']);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/tap/);
  });

  it.each([
    [[], /name one workload or namespace/],
    [['deploy/web'], /--namespace is missing/],
    [['deploy', '-n', 'shop'], /name one, such as deployment\/web/],
    [['deploy/web', '-n', 'shop', '--to', 'deploy'], /--to "deploy" has no name/],
    [['svc/web', '-n', 'shop'], /"svc" is no kind of resource here/],
    [['deploy/web', '-n', 'shop', '--max-rps', '0'], /--max-rps "0" is not a whole number/],
  ])('%j is a mistake', async (args, message) => {
    const { code, err } = await runCommand(top, args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

it('latchwork graph prints pictures and numbers', async () => {
  const url = await listening(await buildTestApp());
  const printed = async (form: string) => (await runCommand(graph, ['--url', url, '-o', form])).out;
  expect(await printed('svg')).toMatch(/^<svg [^>]*>[\s\S]*<\/svg>\n$/);
  expect(await printed('mermaid')).toMatch(/^graph LR\n/);
  expect(await printed('dot')).toMatch(/^digraph /);
  expect(JSON.parse(await printed('json'))).toMatchObject({ edges: [{ target: 'shop/deployment/web' }] });
  expect(await printed('csv')).toMatch(/^source,target,/);
  expect(await printed('table')).toMatch(/^ {3}FROM +TO /);
});

it('latchwork routes says when there are none', async () => {
  const url = await listening(await buildTestApp());
  expect(await runCommand(routes, ['svc/web', '--url', url])).toEqual({
    ...{ code: 3, out: '' },
    err: 'no route there, and no request that took one\n',
  });
});

it('eventMessages() joins what comes in pieces', async () => {
  async function* pieces() {
    yield 'data: {"a":';
    yield '1}\n\n: beat\n\nda';
    yield 'ta: x\ndata: y\n\n';
  }
  const messages: string[] = [];
  for await (const message of eventMessages(pieces())) messages.push(message);
  expect(messages).toEqual(['{"a":1}', 'x\ny']);
});
