import { describe, expect, it } from 'vitest';
import { createRequestJoiner } from './requests.ts';
import type { EndPart, RequestPart, ResponsePart, TapPart } from './tap-part.ts';

const ANY = {
  direction: 'outbound',
  source: { address: '10.0.0.1:40000', labels: {} },
  destination: { address: '10.0.0.2:8080', labels: {} },
  routeLabels: {},
  streamId: '1:2',
} as const;
const REQUEST: RequestPart = {
  ...ANY,
  kind: 'request',
  method: 'GET',
  scheme: 'http',
  authority: 'web',
  path: '/',
  headers: [],
};
const RESPONSE: ResponsePart = { ...ANY, kind: 'response', sinceRequestMs: 5, httpStatus: 200, headers: [] };
const END: EndPart = {
  ...ANY,
  kind: 'end',
  sinceRequestMs: 8,
  sinceResponseMs: 3,
  grpcStatus: null,
  resetError: null,
  trailers: [],
};

function createJoiner(maxOpen?: number) {
  const log: string[] = [];
  const clock = { ms: 0 };
  const joiner = createRequestJoiner({
    nowMs: () => clock.ms,
    onRequest: ({ path, httpStatus, durationMs }, stage) =>
      log.push(`${stage} ${path} ${httpStatus} ${durationMs}`),
    onExpired: ({ path }) => log.push(`expired ${path}`),
    onOrphan: ({ kind }) => log.push(`orphan ${kind}`),
    ...(maxOpen ? { maxOpen } : {}),
  });
  function push(...parts: TapPart[]): void {
    for (const part of parts) joiner.push(part);
  }
  return { joiner, log, clock, push };
}

describe('createRequestJoiner()', () => {
  it('joins beginning, answer and end', () => {
    const { log, push, joiner } = createJoiner();
    push(REQUEST, RESPONSE, END);
    expect(log).toEqual(['opened / null null', 'answered / 200 null', 'ended / 200 8']);
    expect(joiner.open).toBe(0);
  });

  it('keeps apart the same stream id of other connections and of the other side', () => {
    const { log, push } = createJoiner();
    const other = { ...ANY, source: { address: '10.0.0.1:40001', labels: {} } };
    const inbound = { ...ANY, direction: 'inbound' } as const;
    push(REQUEST, { ...REQUEST, ...other, path: '/other' }, { ...REQUEST, ...inbound, path: '/in' });
    push({ ...END, ...inbound }, { ...END, ...other }, END);
    expect(log.slice(3)).toEqual(['ended /in null 8', 'ended /other null 8', 'ended / null 8']);
  });

  it('gives up a request whose id begins again on the same connection', () => {
    const { log, push } = createJoiner();
    push(REQUEST, { ...REQUEST, path: '/again' }, END);
    expect(log).toEqual([
      'opened / null null',
      'expired /',
      'opened /again null null',
      'ended /again null 8',
    ]);
  });

  it('gives each request a key of its own, although ids come again', () => {
    const keys: string[] = [];
    const joiner = createRequestJoiner({
      nowMs: () => 0,
      onRequest: ({ key }, stage) => {
        if (stage === 'opened') keys.push(key);
      },
      onExpired: () => undefined,
      onOrphan: () => undefined,
    });
    for (const part of [REQUEST, END, REQUEST]) joiner.push(part);
    expect(new Set(keys).size).toBe(2);
  });

  it('gives up after a minute, and no sooner', () => {
    const { log, push, joiner, clock } = createJoiner();
    push(REQUEST);
    clock.ms = 59_999;
    joiner.expire();
    expect(joiner.open).toBe(1);
    clock.ms = 60_000;
    joiner.expire();
    expect(log.at(-1)).toBe('expired /');
    push(END);
    expect(log.at(-1)).toBe('orphan end');
  });

  it('never holds more than it may: the oldest has to go', () => {
    const { log, push, joiner } = createJoiner(2);
    for (const stream of [1, 2, 3]) push({ ...REQUEST, streamId: `1:${stream}`, path: `/${stream}` });
    expect(joiner.open).toBe(2);
    expect(log).toContain('expired /1');
  });

  it('says whether there was a response, even when its event was lost', () => {
    const responded: (boolean | null)[] = [];
    const joiner = createRequestJoiner({
      nowMs: () => 0,
      onRequest: (request, stage) => {
        if (stage === 'ended') responded.push(request.responded);
      },
      onExpired: () => undefined,
      onOrphan: () => undefined,
    });
    for (const part of [REQUEST, RESPONSE, END, REQUEST, END, REQUEST, { ...END, sinceResponseMs: null }])
      joiner.push(part);
    expect(responded).toEqual([true, true, false]);
  });
});
