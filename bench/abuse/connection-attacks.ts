// Attacks by connections: that never finish what they say, that never read, that are too many.

import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, dial, type Target, textFrame, upgradeHead } from './attack.ts';

const ROUTES = [
  '/',
  '/login',
  '/api/graph',
  '/api/live',
  '/api/live/events',
  '/embed/live',
  '/embed/graph.svg',
  '/healthz',
  '/metrics',
  '/%',
];

type Dialled = (socket: Socket, count: (outcome: string) => void) => void;

/** Keeps so many open; whichever is closed is opened anew. */
function holding(
  name: string,
  many: number,
  from: (index: number) => string,
  dialled: (target: Target, index: number) => Dialled,
): Attack {
  return {
    name,
    async run(target, count, signal) {
      const open = new Set<Socket>();
      let index = 0;
      while (!signal.aborted) {
        // A few at a time: the backlog of the listener is shared with those who mean well.
        for (let burst = 0; burst < 10 && open.size < many; burst++) {
          const socket = await dial(target, from(index));
          if (socket === null) {
            count('refused');
            continue;
          }
          open.add(socket);
          count('opened');
          socket.on('close', () => {
            open.delete(socket);
            count('closed');
          });
          dialled(target, index++)(socket, count);
        }
        await sleep(100);
      }
      for (const socket of open) socket.destroy();
    },
  };
}

const bearer = (token: string) => `Authorization: Bearer ${token}`;
const subscribe = (id: string, topic: string, params: object) =>
  textFrame(JSON.stringify({ type: 'subscribe', id, topic, params, changes: true }));

export const CONNECTION_ATTACKS: readonly Attack[] = [
  holding(
    'headers that drip, on each route',
    60,
    () => '127.0.2.1',
    (target, index) => (socket) => {
      socket.write(
        `GET ${ROUTES[index % ROUTES.length]} HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\nX-`,
      );
      drip(socket, 'a');
    },
  ),
  holding(
    'bodies that drip',
    60,
    () => '127.0.2.2',
    (target, index) => (socket) => {
      const path = ['/login', '/logout', '/api/embed-link', '/api/live/events'][index % 4];
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\n${bearer(target.viewerToken)}\r\n` +
          'Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{',
      );
      drip(socket, ' ');
    },
  ),
  holding(
    'upgrades that stop half-way',
    300,
    (index) => `127.0.2.${10 + (index % 20)}`,
    (target) => (socket) => {
      socket.write(upgradeHead(target, '/api/live').slice(0, -4));
    },
  ),
  holding(
    'sockets of one link, with many windows, not read',
    700,
    (index) => `127.0.3.${1 + (index % 50)}`,
    (target, index) => (socket) => {
      socket.write(
        upgradeHead(target, `/embed/live?link=${target.link}`, [
          'Sec-WebSocket-Extensions: permessage-deflate',
        ]),
      );
      socket.once('data', () => {
        for (let id = 0; id < 64; id++)
          socket.write(subscribe(String(id), 'graph', { window: `${60 + ((id * 7 + index) % 400) * 10}s` }));
        if (index % 2 === 0) socket.pause();
      });
    },
  ),
  holding(
    'sockets of a viewer, not read, with taps',
    150,
    (index) => `127.0.4.${1 + (index % 10)}`,
    (target, index) => (socket) => {
      const token = index % 2 === 0 ? target.viewerToken : target.tapperToken;
      socket.write(upgradeHead(target, '/api/live', [bearer(token)]));
      socket.once('data', () => {
        for (let id = 0; id < 32; id++) socket.write(subscribe(String(id), 'graph', {}));
        for (let id = 32; id < 64; id++)
          socket.write(subscribe(String(id), 'tap', { namespace: `team-${id % 20}` }));
        socket.pause();
      });
    },
  ),
  holding(
    'messages that nest, lie and repeat',
    10,
    () => '127.0.5.1',
    (target) => (socket) => {
      socket.write(upgradeHead(target, '/api/live', [bearer(target.viewerToken)]));
      const messages = [
        '['.repeat(60_000),
        'x'.repeat(900_000),
        '{"type":"subscribe","id":"p","topic":"__proto__","params":{"__proto__":{"namespace":["x"]}}}',
        '{"type":"subscribe","id":"c","topic":"constructor","params":{}}',
        '{"type":"subscribe","id":"g","topic":"graph","params":{"at":"99999-01-01T00:00:00Z"}}',
        '{"type":"subscribe","id":"w","topic":"workloads"}',
        '{"type":"unsubscribe","id":"w"}',
        '{"type":"ping"}',
      ];
      let turn = 0;
      const talking = setInterval(
        () => socket.write(textFrame(messages[turn++ % messages.length] ?? '')),
        100,
      );
      socket.on('close', () => clearInterval(talking));
      socket.resume();
    },
  ),
  holding(
    'event streams and answers that nobody reads',
    60,
    (index) => `127.0.6.${1 + (index % 6)}`,
    (target, index) => (socket) => {
      socket.pause();
      const head = `Host: ${new URL(target.url).host}\r\n${bearer(target.viewerToken)}\r\n`;
      if (index % 2 === 0) {
        socket.write(`GET /api/graph HTTP/1.1\r\n${head}\r\n`.repeat(100));
        return;
      }
      const body = JSON.stringify({
        subscriptions: [{ type: 'subscribe', id: '1', topic: 'graph', params: {} }],
      });
      socket.write(
        `POST /api/live/events HTTP/1.1\r\n${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    },
  ),
  holding(
    'noise that is no HTTP',
    20,
    () => '127.0.7.1',
    (_target, index) => (socket) => {
      socket.write(
        index % 2 === 0 ? Buffer.from('160301020001000000', 'hex') : 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      );
      socket.resume();
    },
  ),
];

function drip(socket: Socket, what: string): void {
  const dripping = setInterval(() => socket.write(what), 1_000);
  socket.on('close', () => clearInterval(dripping));
  socket.resume();
}
