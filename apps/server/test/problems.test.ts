import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '@latchwork/shared/health/check';
import type { Checks } from '@latchwork/shared/health/checks';
import type { Problems } from '@latchwork/shared/problems/problems';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAcceptedFile, NO_ACCEPTED_FILE } from '../src/feeds/accepted-file.ts';
import type { Sink } from '../src/feeds/feed.ts';
import { createProblemsFeed } from '../src/feeds/problems.ts';
import { SinceKeeper } from '../src/feeds/since-keeper.ts';
import { toFinding } from '../src/mesh/findings/finding.ts';
import { toProblems } from '../src/mesh/findings/problems.ts';
import { calls, meshOf, PLAIN_OUT, WHOLE } from './inputs/mesh-of.ts';

type Range = Record<'startSeconds' | 'endSeconds' | 'stepSeconds', number>;

const TARGETS = { successTarget: 0.99, latencyTargetMs: 1000 };
const outbound = [calls('a/web', 'b/old', 2, { ...PLAIN_OUT, server_id: '' })];
const found = toProblems(meshOf({ outbound, inbound: [] }), WHOLE, TARGETS);
const endSeconds = Date.parse(found.at) / 1000;

/** A store that holds data since an hour and a half ago, and the problem since ten minutes. */
function fakeStore() {
  const asked: string[] = [];
  return {
    asked,
    queryRange: async (text: string, { startSeconds, endSeconds: end, stepSeconds }: Range) => {
      asked.push(text);
      const from = text.startsWith('count(') ? endSeconds - 5400 : endSeconds - 600;
      const points: [number, number][] = [];
      for (let at = startSeconds; at <= end; at += stepSeconds) if (at >= from) points.push([at, 1]);
      return points.length > 0 ? [{ labels: {}, points }] : [];
    },
  };
}

function feedOf(more: Partial<Parameters<typeof createProblemsFeed>[0]> = {}) {
  const answer = { key: '', read: async () => found, start: () => () => undefined };
  return createProblemsFeed({
    answers: { problems: () => answer, findings: () => ({ ...answer, read: () => Promise.reject() }) },
    since: null,
    checks: null,
    accepted: NO_ACCEPTED_FILE,
    nowMs: () => endSeconds * 1000,
    ...more,
  });
}

describe('since when a problem is there', () => {
  it('is asked for again where the store did not know it yet, with steps that end now', async () => {
    const store = fakeStore();
    const ends: number[] = [];
    let isYoung = true;
    let nowMs = endSeconds * 1000;
    const queryRange: typeof store.queryRange = async (text, range) => {
      if (text.startsWith('count(')) return [{ labels: {}, points: [[endSeconds - 100, 1]] }];
      const { startSeconds, endSeconds: end, stepSeconds } = range;
      ends.push((end - startSeconds) % stepSeconds);
      return isYoung ? [] : store.queryRange(text, range);
    };
    const feed = feedOf({
      since: new SinceKeeper({ client: { queryRange }, matchers: [], nowMs: () => nowMs, ...TARGETS }),
    });
    expect((await feed.problems({}).read()).problems[0]?.since).toBe(null);
    isYoung = false;
    nowMs += 15_000;
    expect((await feed.problems({}).read()).problems[0]?.since).not.toBe(null);
    expect(new Set(ends)).toEqual(new Set([0]));
  });

  it('is read from the store once, and kept', async () => {
    const store = fakeStore();
    const since = new SinceKeeper({
      client: store,
      matchers: [],
      nowMs: () => endSeconds * 1000,
      ...TARGETS,
    });
    const feed = feedOf({ since });
    const [problem] = (await feed.problems({}).read()).problems;
    expect(Date.parse(problem?.since ?? '') / 1000).toBeGreaterThanOrEqual(endSeconds - 600);
    expect(problem?.sinceBefore).toBe(false);
    const { length } = store.asked;
    expect((await feed.problems({}).read()).problems[0]?.since).toBe(problem?.since);
    expect(store.asked.length).toBe(length);
    expect(store.asked.find((text) => !text.startsWith('count('))).toContain(
      'dst_namespace="b",dst_deployment="old",tls!="true"',
    );
  });

  it('is not asked for a list that nobody has looked at for long, so that others get their turn', async () => {
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    const asked: string[] = [];
    let nowMs = endSeconds * 1000;
    const queryRange = async (text: string) => {
      asked.push(text);
      await answered;
      return [];
    };
    const since = new SinceKeeper({ client: { queryRange }, matchers: [], nowMs: () => nowMs, ...TARGETS });
    const momentOf = (key: string) => ({ at: found.at, windowSeconds: 60, key });
    since.fill(found.problems, momentOf('a'));
    since.fill(found.problems, momentOf('b'));
    await Promise.resolve();
    nowMs += 61_000;
    const settled = since.settle(found.problems, momentOf('c'), 1_000);
    resolve();
    await settled;
    // The beginning of the data, and the problem itself, of the first list and of the last.
    expect(asked.filter((text) => text.startsWith('count(')).length).toBe(2);
  });

  it('stays unknown where the store refuses to say', async () => {
    const client = { queryRange: () => Promise.reject(new Error('no')) };
    const since = new SinceKeeper({ client, matchers: [], nowMs: () => 0, ...TARGETS });
    expect((await feedOf({ since }).problems({}).read()).problems[0]?.since).toBeNull();
  });
});

describe('what the checks of health found', () => {
  const check = (id: string, category: string, state: Check['state']): Check => ({
    ...{
      id,
      category,
      state,
      title: id,
      evidence: 'it ends tomorrow',
      since: null,
      was: null,
      changes: null,
    },
    finding:
      state === 'ok' ? null : toFinding({ code: `check:${id}`, what: `${id}: no`, remedy: 'Renew it.' }),
  });
  const CHECKS = [
    check('issuer-expires', 'linkerd-identity', 'failed'),
    check('webhook', 'linkerd-webhooks-and-apisvc-tls', 'unknown'),
    check('config', 'linkerd-config', 'ok'),
    check('plaintext-edges', 'mesh', 'warning'),
  ];
  const checksOf = (read: () => Promise<Pick<Checks, 'checks'>>) => ({
    checks: () => ({
      ...{ key: '', read: read as () => Promise<Checks> },
      start(sink: Sink<Checks>) {
        void read().then((value) => sink.data(value as Checks), sink.trouble);
        return () => undefined;
      },
    }),
  });
  const whats = ({ problems }: Problems) => problems.map(({ kind, what }) => [kind, what]);

  it('stands last, each once, without what cannot be told', async () => {
    const feed = feedOf({ checks: checksOf(async () => ({ checks: CHECKS })) });
    const value = await feed.problems({}).read();
    expect(whats(value).map(([kind]) => kind)).toEqual(['plaintext', 'look']);
    expect(value.problems[1]).toMatchObject({
      what: 'Issuer-expires: no',
      remedy: 'Renew it.',
      where: 'mesh',
    });
  });

  it('is there for who follows, as soon as it is known', async () => {
    const answer = {
      ...{ key: '', read: async () => found },
      start(sink: Sink<Problems>) {
        sink.data(found);
        return () => undefined;
      },
    };
    const feed = feedOf({
      answers: {
        problems: () => answer,
        findings: () => ({ ...answer, read: () => Promise.reject() }) as never,
      },
      checks: checksOf(async () => ({ checks: CHECKS })),
    });
    const seen: Problems[] = [];
    const stop = feed.problems({}).start({ data: (value) => seen.push(value), trouble: () => undefined });
    await expect.poll(() => seen.at(-1)?.problems.length).toBe(2);
    stop();
  });

  it('is a part that failed where it was not answered, or not in time', async () => {
    const failing = checksOf(() => Promise.reject(new Error('no')));
    expect((await feedOf({ checks: failing }).problems({}).read()).parts['health']).toMatchObject({
      state: 'failed',
      message: 'no',
    });
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const reading = feedOf({ checks: checksOf(() => new Promise(() => undefined)) })
      .problems({})
      .read();
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await reading).parts['health']).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('not answered within 5 s'),
    });
  });

  it('says to who follows that it is not answered, and keeps what was found', async () => {
    const sinks: Sink<Checks>[] = [];
    const answer = {
      ...{ key: '', read: async () => found },
      start(sink: Sink<Problems>) {
        sink.data(found);
        return () => undefined;
      },
    };
    const feed = feedOf({
      answers: {
        problems: () => answer,
        findings: () => ({ ...answer, read: () => Promise.reject() }) as never,
      },
      checks: {
        checks: () => ({
          ...{ key: '', read: () => Promise.reject() },
          start(sink) {
            sinks.push(sink);
            return () => undefined;
          },
        }),
      },
    });
    const seen: Problems[] = [];
    onTestFinished(feed.problems({}).start({ data: (value) => seen.push(value), trouble: () => undefined }));
    sinks[0]?.data({ checks: CHECKS } as unknown as Checks);
    await expect.poll(() => seen.at(-1)?.problems.length).toBe(2);
    expect(seen.at(-1)?.parts['health']).toBeUndefined();
    sinks[0]?.trouble(new Error('no'));
    await expect.poll(() => seen.at(-1)?.parts['health']?.state).toBe('failed');
    expect(seen.at(-1)?.problems).toHaveLength(2);
    sinks[0]?.data({ checks: CHECKS } as unknown as Checks);
    await expect.poll(() => seen.at(-1)?.parts['health']).toBeUndefined();
  });

  it('is for nobody who sees some namespaces alone, of no other moment, and no trouble of Problems', async () => {
    const feed = feedOf({ checks: checksOf(async () => ({ checks: CHECKS })) });
    for (const value of [
      await feed.problems({}, ['b']).read(),
      await feed.problems({ at: found.at }).read(),
      await feedOf({ checks: checksOf(() => Promise.reject(new Error('no'))) })
        .problems({})
        .read(),
    ])
      expect(value.problems).toHaveLength(1);
  });
});

describe('what a team accepts', () => {
  it('is read again when the file changes, and its mistakes are said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchwork-accepted-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'accepted.yaml');
    const [problem] = found.problems;
    writeFileSync(path, '# nothing yet\n');
    const feed = feedOf({ accepted: createAcceptedFile(path) });
    const read = (): Promise<Problems> => feed.problems({}).read();
    expect((await read()).problems).toHaveLength(1);
    writeFileSync(
      path,
      `- {code: ${problem?.code}, where: ${problem?.where}, name: ada, reason: it is old}\n`,
    );
    expect(await read()).toMatchObject({ problems: [], accepted: [{ accepted: { name: 'ada' } }] });
    writeFileSync(path, '- {code: x}\n');
    expect(await read()).toMatchObject({
      problems: [{}],
      parts: { accepted: { state: 'failed', message: expect.stringContaining('entry 1 has no where') } },
    });
  });
});
