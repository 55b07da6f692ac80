// latchwork problems: what it prints, and what a pipeline may stop for.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problems } from '@latchwork/shared/problems';
import { describe, expect, it, onTestFinished } from 'vitest';
import { problems } from '../src/commands/problems.ts';
import { toProblems } from '../src/mesh/findings/problems.ts';
import { startHttpStore } from './http-store.ts';
import { calls, meshOf, PLAIN_OUT, WHOLE } from './mesh-of.ts';
import { runCommand } from './run-command.ts';

const TARGETS = { successTarget: 0.99, latencyTargetMs: 1000 };
const FOUND = toProblems(
  meshOf({ outbound: [calls('a/web', 'b/old', 2, { ...PLAIN_OUT, server_id: '' })], inbound: [] }),
  WHOLE,
  TARGETS,
);

/** Against a server that says so. */
async function ran(...args: string[]) {
  const server = await startHttpStore();
  onTestFinished(() => server.close());
  server.answer = (response) => response.end(JSON.stringify(FOUND));
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
