import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problems } from '@latchwork/shared/problems';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAcceptedFile, NO_ACCEPTED_FILE } from '../src/feeds/accepted-file.ts';
import { createProblemsFeed } from '../src/feeds/problems.ts';
import { SinceKeeper } from '../src/feeds/since-keeper.ts';
import { toProblems } from '../src/mesh/findings/problems.ts';
import { calls, meshOf, PLAIN_OUT, WHOLE } from './mesh-of.ts';

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

  it('stays unknown where the store refuses to say', async () => {
    const client = { queryRange: () => Promise.reject(new Error('no')) };
    const since = new SinceKeeper({ client, matchers: [], nowMs: () => 0, ...TARGETS });
    expect((await feedOf({ since }).problems({}).read()).problems[0]?.since).toBeNull();
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
