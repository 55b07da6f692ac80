// Attacks by whole requests: floods, guesses, and questions that are each another one.

import { type Attack, ask, keepAsking } from './attack.ts';

const DAY = 86_400;
let turn = 0;

export const REQUEST_ATTACKS: readonly Attack[] = [
  {
    name: 'requests of nobody',
    run: (target, count, signal) =>
      keepAsking(
        200,
        10,
        async () => count(await ask(target, { path: '/api/graph', from: '127.0.1.1' })),
        signal,
      ),
  },
  {
    name: 'wrong tokens, in each way to send one',
    run: (target, count, signal) =>
      keepAsking(
        60,
        6,
        async () => {
          const wrong = `guess-number-${turn++}-of-a-stranger`;
          const from = '127.0.1.2';
          const ways = [
            { path: '/api/graph', headers: { authorization: `Bearer ${wrong}` } },
            { path: '/', headers: { cookie: `latchwork_session=${wrong}` } },
            { path: '/metrics', headers: { authorization: `Bearer ${wrong}` } },
            {
              path: '/login',
              method: 'POST',
              body: `token=${wrong}`,
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
            },
          ];
          const way = ways[turn % ways.length];
          if (way) count(await ask(target, { ...way, from }));
        },
        signal,
      ),
  },
  {
    name: 'moments and windows of one link, each another one',
    run: (target, count, signal) =>
      keepAsking(
        20,
        10,
        async () => {
          const at = Math.round(Date.now() / 1000 - DAY * 30 + Math.random() * DAY * 3650);
          const window = 10 + Math.round(Math.random() * 80_000);
          const path = `/embed/badge.svg?link=${target.link}&at=${at}&window=${window}s`;
          count(await ask(target, { path, from: '127.0.1.3' }));
        },
        signal,
      ),
  },
  {
    name: 'moments of the past that a store answers with bombs',
    run: (target, count, signal) =>
      keepAsking(
        4,
        4,
        async () => {
          const at = Math.round(Date.now() / 1000 - 3_600 - Math.random() * DAY);
          const headers = { authorization: `Bearer ${target.viewerToken}` };
          count(await ask(target, { path: `/api/graph?at=${at}`, from: '127.0.1.4', headers }));
        },
        signal,
      ),
  },
  {
    name: 'pictures of every width, with a huge selection',
    run: (target, count, signal) =>
      keepAsking(
        20,
        10,
        async () => {
          const width = 200 + Math.round(Math.random() * 3_000);
          const selected = encodeURIComponent('team-00/deployment/service-1~'.repeat(1 + (turn++ % 200)));
          const path = `/embed/graph.svg?link=${target.link}&width=${width}&selected=${selected}`;
          count(await ask(target, { path, from: '127.0.1.5' }));
        },
        signal,
      ),
  },
  {
    name: 'headers, addresses and bodies of absurd lengths',
    run: (target, count, signal) =>
      keepAsking(
        30,
        6,
        async () => {
          const from = '127.0.1.6';
          const many = Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`x-${i}`, 'y']));
          const asks = [
            { path: '/api/graph', headers: { 'x-long': 'y'.repeat(60_000) } },
            { path: '/api/graph', headers: many },
            { path: `/api/graph?namespace=${'y'.repeat(60_000)}` },
            { path: `/api/graph?${'namespace=y&'.repeat(1_200)}` },
            { path: `/embed/graph?${'a%5B'.repeat(3_000)}` },
            { path: '/../../../../etc/passwd' },
            { path: '/api/live/events', method: 'POST', body: '['.repeat(900_000), headers: JSON_BODY },
            {
              path: '/api/embed-link',
              method: 'POST',
              body: `{"__proto__":${'{"a":'.repeat(9_000)}`,
              headers: JSON_BODY,
            },
          ];
          const one = asks[turn++ % asks.length];
          if (one) count(await ask(target, { ...one, from }));
        },
        signal,
      ),
  },
];

const JSON_BODY = { 'content-type': 'application/json' };
