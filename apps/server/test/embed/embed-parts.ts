// What tests of embedded pictures share: keys, a token, a mesh with a neighbour, and links into it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph } from '@latchwork/shared/graph';
import type { PolicyRow } from '@latchwork/shared/policies';
import type { Route } from '@latchwork/shared/routes/routes';
import type { StatRow } from '@latchwork/shared/stat';
import { onTestFinished } from 'vitest';
import { type Answers, createAnswers } from '../../src/feeds/answers.ts';
import { toFinding } from '../../src/mesh/findings/finding.ts';
import type { LinkScope } from '../../src/security/links/signed-link.ts';
import { signLink } from '../../src/security/links/signed-link.ts';
import { buildTestApp, type TestAppOptions } from '../build-test-app.ts';
import { createFakeSource, graphOf } from '../inputs/fake-mesh.ts';

export const TOKEN = 'correct-horse-battery-staple';
export const KEY = { id: 'new', secret: 'new-key-of-a-test-0123456789abcdefgh' };
export const OLD_KEY = { id: 'old', secret: 'old-key-of-a-test-0123456789abcdefgh' };
export const NOW_MS = Date.parse('2026-11-23T15:47:10Z');
export const WIKI = 'https://wiki.example.com';
const HOUR = 3_600;

export function linkTo(scope: Partial<LinkScope> = {}, forSeconds = HOUR, key = KEY): string {
  return signLink({ namespaces: ['shop'], view: 'graph', ...scope }, NOW_MS / 1000 + forSeconds, key);
}

function never(): never {
  throw new Error('not asked for');
}

function statRow(namespace: string, name: string): StatRow {
  return {
    ...{
      id: `${namespace}/deployment/${name}`,
      kind: 'deployment',
      namespace,
      name,
      owner: null,
      status: null,
    },
    ...{ meshed: true, pods: null, golden: null, refused: 0, decisions: null, tcp: null },
  };
}

/** Called by somebody of the same namespace, and by `caller` of the other one. */
function policyRow(namespace: string, name: string, caller: string): PolicyRow {
  const workload = `${namespace}/deployment/${name}`;
  return {
    ...{ id: workload, workload, server: { kind: 'server', name, port: '8080' }, route: null },
    ...{ authorization: null, golden: null, moreClients: 0 },
    decisions: {
      ...{ allowed: 2, audited: 0, denied: 0, unmatched: 0, rateLimited: 0 },
      ...{ connectionsAllowed: 0, connectionsDenied: 0 },
    },
    clients: [`front.${namespace}`, `${caller}.secret-bank`].map((account) => ({
      identity: `${account}.serviceaccount.identity.linkerd.cluster.local`,
      ...{ rps: 1, refused: 0 },
    })),
  };
}

function routeRow(ofParent: string, ofRoute: string, targets: readonly string[] = []): Route {
  return {
    ...{
      id: `${ofParent} ${ofRoute}`,
      kind: 'HTTPRoute',
      group: '',
      namespace: ofRoute,
      name: 'ledger-split',
    },
    ...{ parent: `${ofParent}/service/web`, rule: null, matches: null, golden: null, tried: null },
    backends: targets.map((target) => ({ target, weight: 0.5, share: null, golden: null })),
    ...{
      retries: null,
      timeouts: null,
      refused: null,
      latencyBoundsMs: [],
      weightsSince: null,
      counts: 'requests',
      finding: null,
    },
  };
}

/** A caller in another namespace calls the shop. */
export function neighbourly(name = 'ledger'): Answers {
  const graph = (): Graph => {
    const shop = graphOf({ rps: 2 }, { namespaces: [] });
    const [web] = shop.nodes;
    if (web?.type !== 'workload' || !shop.edges[0]) throw new Error('the fake mesh has changed');
    const id = `secret-bank/deployment/${name}`;
    return {
      ...shop,
      namespaces: ['secret-bank', 'shop'],
      diagnoses: [toFinding({ code: 'x', what: 'secret-bank is not meshed', remedy: 'inject secret-bank' })],
      nodes: [{ ...web, id, namespace: 'secret-bank', name }, ...shop.nodes],
      edges: [
        {
          ...shop.edges[0],
          source: id,
          lock: {
            state: 'secured',
            securedShare: 1,
            reasons: [],
            clientIds: ['ledger.secret-bank.serviceaccount.identity.linkerd.cluster.local'],
            serverIds: [],
          },
          notes: ['secret-bank may be meant'],
        },
        ...shop.edges,
      ],
    };
  };
  return createAnswers({
    source: createFakeSource({ rps: 2 }),
    views: {
      graph,
      workloads: never,
      workload: () => null,
      problems: never,
      findings: never,
      routes: never,
      calls() {
        const { nodes, edges, ...about } = graph();
        const ours = routeRow('shop', 'shop', [`secret-bank/service/${name}`, 'shop/service/web']);
        const theirs = [routeRow('secret-bank', 'shop'), routeRow('shop', 'secret-bank')];
        return { ...about, routes: [ours, ...theirs], untold: null };
      },
      podPairs(_mesh, where) {
        const { nodes, edges, ...about } = graph();
        const [known] = edges;
        if (!known) throw new Error('the fake mesh has changed');
        const pairs = [
          { ...known, source: 'secret-bank/pod/ledger-1', target: 'shop/pod/web-1' },
          {
            ...known,
            source: 'shop/pod/web-1',
            target: 'shop/pod/api-1',
            lock: { ...known.lock, clientIds: [] },
          },
        ];
        return {
          ...about,
          where,
          edges: pairs.map((pair) => ({ ...pair, notes: [] })),
          more: 3,
          untold: null,
        };
      },
      responses(_mesh, where) {
        const { nodes, edges, ...about } = graph();
        const counts = [{ status: '200', grpc: null, rps: 2, requests: 120, failures: 0 }];
        return { ...about, where, counts, untold: null };
      },
      stat(_mesh, kind) {
        const { nodes, edges, ...about } = graph();
        return { ...about, kind, rows: [statRow('shop', 'web'), statRow('secret-bank', name)] };
      },
      policies() {
        const { nodes, edges, ...about } = graph();
        return { ...about, rows: [policyRow('shop', 'web', name), policyRow('secret-bank', name, name)] };
      },
      history: () => ({ start: '2026-11-23T15:47:10Z', stepSeconds: 10, workloads: {} }),
    },
  });
}

export interface SecretFiles {
  writeKeys(text: string): void;
  readonly args: readonly string[];
}

export function secretFiles(): SecretFiles {
  const folder = mkdtempSync(join(tmpdir(), 'latchwork-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [keys, token] = [join(folder, 'keys'), join(folder, 'token')];
  writeFileSync(keys, `${KEY.id}:${KEY.secret}\n${OLD_KEY.id}:${OLD_KEY.secret}\n`);
  writeFileSync(token, TOKEN);
  return {
    writeKeys: (text) => writeFileSync(keys, text),
    args: ['--access-token-file', token, '--embed-key-file', keys, '--embed-ancestor', WIKI],
  };
}

/** A server that is guarded in every way, at a moment that stands still. */
export async function guardedApp(options: TestAppOptions = {}) {
  const files = secretFiles();
  const app = await buildTestApp({
    ...options,
    args: [...files.args, ...(options.args ?? [])],
    fakes: { answers: neighbourly(), ...options.fakes },
    more: { nowMs: () => NOW_MS, ...options.more },
  });
  return { app, files };
}
