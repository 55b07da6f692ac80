// The tap API over HTTP: what is a stream, what is an error with status 200, what is not there at all.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeApiError, decodeTapEvent, unframe } from '../../test/decode-tap.ts';
import { encodeTapRequest, type TapAsk, tapPathOf } from '../../test/encode-tap-request.ts';
import { createCluster } from '../cluster.ts';
import { type Listening, listen } from '../listening.ts';
import { ferryLine } from '../scenario/ferry-line.ts';
import { World } from '../world.ts';
import { toTapRequest } from './tap-request.ts';
import { createTapServer, type TapServer } from './tap-server.ts';
import { tapTargets } from './tap-targets.ts';

let world: World;
let tap: TapServer;
let door: Listening;

beforeAll(async () => {
  const startedAtMs = Date.now() - 1_000;
  world = new World({ cluster: createCluster(ferryLine), seed: 1, startedAtMs });
  tap = createTapServer({ world, now: Date.now });
  door = await listen(tap.handle, '127.0.0.1', 0);
});

afterAll(async () => {
  tap.close();
  await door.close();
});

function post(path: string, body: Uint8Array, signal?: AbortSignal): Promise<Response> {
  const bytes = new Uint8Array(body);
  return fetch(`${door.url}${path}`, { method: 'POST', body: bytes, ...(signal ? { signal } : {}) });
}

async function errorOf(ask: TapAsk, path = tapPathOf(ask)) {
  const answer = await post(path, encodeTapRequest(ask));
  const frames = unframe(Buffer.from(await answer.arrayBuffer()));
  expect(frames).toHaveLength(1);
  return {
    status: answer.status,
    header: answer.headers.get('linkerd-error'),
    error: decodeApiError(frames[0] ?? new Uint8Array()),
  };
}

/** The text of a recorded refusal. */
function recordedError(name: string): string {
  const file = join(import.meta.dirname, '../../../../recordings/tap-errors', `${name}.bin`);
  const [message = new Uint8Array()] = unframe(readFileSync(file));
  return decodeApiError(message);
}

function resolve(ask: TapAsk) {
  const request = toTapRequest(encodeTapRequest(ask));
  return { request, targets: tapTargets(world.cluster, request.target, request.labelSelector) };
}

/** Ends when something comes that was not on its way already. */
async function drained(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<string> {
  const sinceMs = Date.now();
  for (;;) {
    const piece = await reader?.read().catch(() => null);
    if (!piece || piece.done) return 'ended';
    if (Date.now() - sinceMs > 200) return 'events';
  }
}

const WEB: TapAsk = { namespace: 'harbour', type: 'deployment', name: 'web' };

describe('POST …/tap', () => {
  it('streams framed events until the client leaves', async () => {
    const leave = new AbortController();
    const answer = await post(tapPathOf(WEB), encodeTapRequest(WEB), leave.signal);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('linkerd-error')).toBeNull();
    let bytes = Buffer.alloc(0);
    for await (const chunk of answer.body ?? []) {
      bytes = Buffer.concat([bytes, chunk as Uint8Array]);
      if (unframe(bytes).length >= 5) break;
    }
    leave.abort();
    for (const frame of unframe(bytes)) {
      const { proxyDirection, sourceMeta, destinationMeta } = decodeTapEvent(frame);
      const own = proxyDirection === 'INBOUND' ? destinationMeta : sourceMeta;
      expect(own.labels).toMatchObject({ namespace: 'harbour', deployment: 'web' });
    }
    // What tap does is noise that a dashboard has to know as such.
    const asking = [...world.proxies.values()].find(({ pod }) => pod.workload.infrastructure?.taps);
    expect(asking?.page(Date.now())).toMatch(
      /response_total\{direction="outbound",[^}]*target_port="4190",tls="true",[^}]*dst_deployment="web"/,
    );
  });

  it('refuses pods without a proxy as tap does', async () => {
    expect(await errorOf({ namespace: 'yard', type: 'deployment', name: 'depot' })).toEqual({
      status: 200,
      header: 'Internal Server Error',
      error: recordedError('legacy_deployment_erp').replace('erp', 'depot'),
    });
  });

  it('refuses pods that do not know of tap, and names them', async () => {
    const { error } = await errorOf({ namespace: 'linkerd-viz', type: 'deployment', name: 'prometheus' });
    const unnamed = (text: string) => text.replace(/prometheus-\S+/, 'POD');
    expect(unnamed(error)).toBe(unnamed(recordedError('linkerd-viz_deployment_prometheus')));
  });

  it('refuses what is not there', async () => {
    expect((await errorOf({ namespace: 'harbour', type: 'deployment', name: 'nothing' })).error).toBe(
      recordedError('storefront_deployment_nothing'),
    );
    expect((await errorOf({ namespace: 'harbour', type: 'pod', name: 'nothing' })).error).toBe(
      recordedError('storefront_pod_nothing'),
    );
    expect((await errorOf({ namespace: 'nowhere', type: 'deployment', name: 'web' })).error).toBe(
      recordedError('nowhere_deployment_web'),
    );
  });

  it('refuses pods whose annotation switches tap off', async () => {
    const { error } = await errorOf({ namespace: 'fleet', type: 'replicationcontroller', name: 'foghorn' });
    expect(error).toMatch(
      /^no pods to tap for type="replicationcontroller" name="foghorn"\n1 pods found with tap disabled via the viz.linkerd.io\/disable-tap annotation:\n\t\* foghorn-\w+\nremove this annotation/,
    );
  });

  it('takes only the pods that a label selector selects', async () => {
    const ask: TapAsk = { type: 'namespace', name: 'harbour', labelSelector: 'app in (weather)' };
    const { request, targets } = resolve(ask);
    expect(request.labelSelector).toBe('app in (weather)');
    expect(targets.map(({ workload }) => workload.name)).toEqual(['weather']);
    expect((await errorOf({ ...ask, labelSelector: 'app=nothing' })).error).toContain('no pods to tap');
    expect((await errorOf({ ...ask, labelSelector: 'a b' })).error).toContain('invalid label selector "a b"');
  });

  it('hears nothing more of a pod that began anew', async () => {
    const pod = world.cluster.podsOf.get('harbour/deployment/weather')?.[0];
    if (!pod) throw new Error('no pod of weather');
    const leave = new AbortController();
    const ask: TapAsk = { namespace: 'harbour', type: 'deployment', name: 'weather' };
    const answer = await post(tapPathOf(ask), encodeTapRequest(ask), leave.signal);
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    world.replace(pod, Date.now());
    const next = await Promise.race([drained(reader), sleep(1_500).then(() => 'silence')]);
    leave.abort();
    expect(next).toBe('silence');
  });

  it('refuses a body that means another path', async () => {
    const { error } = await errorOf(WEB, tapPathOf({ ...WEB, name: 'gangway' }));
    expect(error).toContain('tap request body did not match APIServer URL');
  });

  it('calls a body that is no protobuf a bad request', async () => {
    const answer = await post(tapPathOf(WEB), Buffer.from([0xff, 0xff, 0xff]));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('linkerd-error')).toBe('Bad Request');
    expect(unframe(Buffer.from(await answer.arrayBuffer()))).toHaveLength(1);
  });

  it('answers 404 with the paths that exist to anything else', async () => {
    const wrongKind = await post(
      '/apis/tap.linkerd.io/v1alpha1/watch/namespaces/harbour/gizmos/web/tap',
      WEB_BODY,
    );
    const wrongMethod = await fetch(`${door.url}${tapPathOf(WEB)}`);
    for (const answer of [wrongKind, wrongMethod]) {
      expect(answer.status).toBe(404);
      expect(((await answer.json()) as { paths: string[] }).paths).toContain('/apis/tap.linkerd.io');
    }
  });
});

const WEB_BODY = encodeTapRequest(WEB);
