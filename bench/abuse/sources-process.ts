// A process with the sources of the server under attack: a made-up Prometheus that is well as of now and hostile about the
// past, and a Kubernetes whose list of pods does not end. Prints where they are.

import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { startFakePrometheus } from '../fake-prometheus.ts';

const [workloads = 300, namespaces = 20, scrapeSeconds = 5] = process.argv.slice(2).map(Number);
/** Who asks about this long ago gets what no store should say. */
const PAST_SECONDS = 1_800;
const PODS_A_PAGE = 100;
const MOST_PODS = 100_000;

const well = await startFakePrometheus(denseMesh(workloads, namespaces), scrapeSeconds);
const BOMB = gzipSync(
  `{"status":"success","data":{"resultType":"vector","result":[${'0,'.repeat(60_000_000)}0]}}`,
);
const ROW = (value: string) =>
  `{"metric":{"direction":"outbound","deployment":"web","namespace":"shop","dst_deployment":"__proto__","dst_namespace":"shop\\u202e"},"value":[1,"${value}"]}`;

const HOSTILE: readonly ((response: ServerResponse) => void)[] = [
  (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB),
  (response) => response.end('[{"a":'.repeat(3_000_000)),
  (response) => response.end(answerOf(['NaN', '+Inf', '1e308', '-1', '9'.repeat(400)].map(ROW))),
  (response) => response.end(answerOf(Array.from({ length: 200_000 }, () => ROW('1')))),
  (response) => response.end(answerOf([`{"metric":{"deployment":"${'x'.repeat(5_000_000)}"}}`])),
  (response) => response.writeHead(200, { 'content-length': '1000' }).write('{"status":'),
  (response) => response.writeHead(502).end('<html>'.repeat(100_000)),
  () => undefined,
];

function answerOf(rows: readonly string[]): string {
  return `{"status":"success","data":{"resultType":"vector","result":[${rows}]}}`;
}

let turn = 0;
const prometheus = await listen(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const form = new URLSearchParams(body);
  const at = Number(form.get('time') ?? form.get('end') ?? Date.now() / 1000);
  if (at < Date.now() / 1000 - PAST_SECONDS) {
    HOSTILE[turn++ % HOSTILE.length]?.(response);
    return;
  }
  const answer = await fetch(`${well.url}${request.url}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(Buffer.from(await answer.arrayBuffer()));
});

const note = 'x'.repeat(50_000);
const watching = new Set<ServerResponse>();
let isHostile = false;
process.on('message', () => {
  isHostile = true;
  for (const each of watching) each.end();
});
const kubernetes = await listen((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kubernetes');
  response.setHeader('content-type', 'application/json');
  if (request.method === 'POST') return void response.writeHead(201).end('{"status":{"allowed":true}}');
  const isPods = pathname.endsWith('/pods') && isHostile;
  if (searchParams.get('watch') === 'true') {
    // Whoever watches pods is sent back to their list.
    if (isPods) return void response.writeHead(410).end('{"kind":"Status","code":410}');
    watching.add(response);
    response.on('close', () => watching.delete(response));
    return void response.write('\n');
  }
  const from = Number(searchParams.get('continue') ?? 0);
  const items = isPods ? Array.from({ length: PODS_A_PAGE }, (_, i) => podOf(from + i)) : [];
  const next = isPods && from + PODS_A_PAGE < MOST_PODS ? String(from + PODS_A_PAGE) : '';
  response.end(JSON.stringify({ items, metadata: { resourceVersion: '1', continue: next } }));
});

function podOf(index: number) {
  const annotations = { 'example.com/note': note };
  return { metadata: { namespace: `n${index % 50}`, name: `pod-${index}`, uid: `${index}`, annotations } };
}

async function listen(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  server.on('clientError', (_error, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

process.on('disconnect', () => process.exit());
console.log(JSON.stringify({ prometheus, kubernetes }));
