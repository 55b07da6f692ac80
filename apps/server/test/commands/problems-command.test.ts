// latchwork problems: what it prints, and what a pipeline may stop for.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problems } from '@latchwork/shared/problems/problems';
import { describe, expect, it, onTestFinished } from 'vitest';
import { problems } from '../../src/commands/problems.ts';
import { toProblems } from '../../src/mesh/findings/problems.ts';
import { startHttpStore } from '../inputs/http-store.ts';
import { calls, meshOf, PLAIN_OUT, WHOLE } from '../inputs/mesh-of.ts';
import { runCommand } from './run-command.ts';

const TARGETS = { successTarget: 0.99, latencyTargetMs: 1000 };
const FOUND = toProblems(
  meshOf({ outbound: [calls('a/web', 'b/old', 2, { ...PLAIN_OUT, server_id: '' })], inbound: [] }),
  WHOLE,
  TARGETS,
);

const ran = (...args: string[]) => ranOn(FOUND, ...args);

/** Against a server that says so. */
async function ranOn(value: Problems, ...args: string[]) {
  const server = await startHttpStore();
  onTestFinished(() => server.close());
  server.answer = (response) => response.end(JSON.stringify(value));
  return runCommand(problems, ['--url', server.url, ...args]);
}

function acceptedFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchwork-accepted-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'accepted.yaml'), text);
  return join(folder, 'accepted.yaml');
}

describe('latchwork problems', () => {
  it('prints one line for each cause, and what was looked at', async () => {
    const { out, err, code } = await ran();
    expect(code).toBe(0);
    expect(out).toMatch(/^ {3}PROBLEM +WHERE +TOUCHES/);
    expect(out).toMatch(/\n○ {2}not encrypted +a\/web → b\/old +2\.00\/s .*web/);
    expect(err).toMatch(/^1 problem: looked at .*over 1 min\n/);
  });

  it('says what says so and what to do when asked', async () => {
    expect((await ran('--explain')).out).toMatch(/\n {3}to do: \S+/);
  });

  it('ends with 1 when there is what it was told to look for', async () => {
    expect((await ran('--fail-on', 'failing,slow')).code).toBe(0);
    expect((await ran('--fail-on', 'failing', '--fail-on', 'plaintext')).code).toBe(1);
    const { out, code } = await ran('--json', '--fail-on', 'any');
    expect(code).toBe(1);
    expect((JSON.parse(out) as Problems).problems.map(({ kind }) => kind)).toEqual(['plaintext']);
  });

  const NONE: Problems = { ...FOUND, problems: [] };
  const SINCE = '2026-11-23T15:47:10Z';
  const without = (...names: string[]) => ({
    ...NONE,
    parts: Object.fromEntries(
      names.map((name) => [name, { state: 'failed' as const, since: SINCE, message: 'no answer' }]),
    ),
  });

  it.each([
    ['lost', 'unreached'],
    ['failing', 'outbound'],
    ['failing,slow', 'inboundLatency'],
    ['plaintext', 'connections'],
    ['refused', 'refused'],
    ['look', 'kubernetes:pods'],
    ['look', 'health'],
    ['any', 'store'],
  ])('ends with 3 when %s is to be looked for, and %s was not answered', async (kinds, part) => {
    const { code, err } = await ranOn(without(part), '--fail-on', kinds);
    expect(code).toBe(3);
    expect(err).toContain(`could not read ${part}: no answer\n`);
    expect(err).toMatch(/^what is wrong cannot be told: looked at 1 edge/);
  });

  it('ends with 3 when an old answer stands in for it, or there is no call', async () => {
    const old = { state: 'stale' as const, since: SINCE, message: 'no answer', at: SINCE };
    const stale = await ranOn({ ...NONE, parts: { outbound: old } }, '--fail-on', 'failing');
    expect(stale).toMatchObject({
      code: 3,
      err: expect.stringContaining(`could not read outbound since ${SINCE}, what is told of it is older`),
    });
    const empty = { ...NONE, looked: ['0 edges', '0 workloads', '3 pods'] };
    expect((await ranOn(empty, '--fail-on', 'lost,failing')).code).toBe(3);
    expect((await ranOn(empty, '--fail-on', 'look')).code).toBe(0);
  });

  it('ends with 0 when only what it does not need was not answered, and with 1 when one is found all the same', async () => {
    expect(
      (await ranOn(without('volume', 'history', 'kubernetes:jobs', 'health'), '--fail-on', 'lost')).code,
    ).toBe(0);
    expect((await ranOn(without('accepted', 'rules'), '--fail-on', 'any')).code).toBe(0);
    const found = { ...without('inbound'), problems: FOUND.problems };
    expect((await ranOn(found, '--fail-on', 'any')).code).toBe(1);
  });

  it('says which word is no kind, before anybody is asked', async () => {
    const { err, code } = await runCommand(problems, ['--fail-on', 'plaintext,insecure']);
    expect(code).toBe(2);
    expect(err).toMatch(/^--fail-on "insecure" is no kind of problem: use lost, failing, .* or any;/);
  });

  it('counts apart what is accepted', async () => {
    const { out } = await ran('--json');
    const [problem] = (JSON.parse(out) as Problems).problems;
    const entry = { code: problem?.code, where: problem?.where, name: 'ann', reason: 'a public entrance' };
    const accepted = await ran('--fail-on', 'any', '--accepted-file', acceptedFile(JSON.stringify([entry])));
    expect(accepted).toMatchObject({ code: 0, out: '' });
    expect(accepted.err).toMatch(/^nothing is wrong: looked at .*\n1 problem accepted\n$/);
    const wrong = await ran('--accepted-file', acceptedFile('- code: x'));
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toMatch(/entry 1 has no where/);
  });
});
