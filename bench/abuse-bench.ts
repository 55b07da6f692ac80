// The attacks side by side, for ten minutes or `--seconds N`, against a server with the chart's memory: whether probes are
// answered, a person's page keeps its pace, and memory its bounds.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild, stopChild } from '../scripts/processes.ts';
import { startServer } from '../scripts/stack.ts';
import type { Target } from './abuse/attack.ts';
import { keepProbing, openPage, type Probed } from './abuse/watchers.ts';
import { limitMemory } from './memory-limit.ts';
import { keepWeighing, residentMb } from './process-facts.ts';
import type { Verdict } from './verdict.ts';

/** `resources.limits.memory` of the chart. */
const LIMIT_MB = 512;
/** What Node gives its heap in a container of that size. */
const HEAP_MB = 256;
const QUIET_MS = 30_000;
const AFTER_MS = 30_000;
const SECONDS = 600;
const secret = (name: string) => `${name}-secret-of-the-abuse-bench-5647382910`;

export async function abuseBench(seconds: number = SECONDS): Promise<Verdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-abuse-'));
  const children: Child[] = [];
  async function start(script: string, args: readonly string[] = []): Promise<Started> {
    const started = await startScript(script, args);
    children.push(started.child);
    return started;
  }
  const ends: (() => void | Promise<void>)[] = [];
  try {
    const sources = await start('sources-process.ts');
    const { prometheus, kubernetes } = JSON.parse(sources.firstLine) as Record<string, string>;
    const server = await startLimited(folder, prometheus as string, kubernetes as string);
    children.push(server.child);
    const pid = server.child.process.pid as number;
    const unlimit = await limitMemory(pid, LIMIT_MB * 1024 * 1024);
    if (unlimit) ends.push(unlimit);
    console.log(
      unlimit ? `in a cgroup of ${LIMIT_MB} MiB` : `no cgroup to be had: resident memory is watched`,
    );

    const page = openPage(server.url, secret('person'), pid);
    ends.push(page.close);
    await sleep(10_000);
    page.gapsMs();
    const quiet = await keepProbing(`${server.url}/healthz`, pid, AbortSignal.timeout(QUIET_MS));
    const quietGaps = page.gapsMs();
    const quietMb = await residentMb(pid);

    const target = await targetOf(server.url);
    if (new RegExp(process.env['ABUSE_ATTACKS'] ?? '').test('Kubernetes'))
      sources.child.process.send('hostile');
    const attacks = await start('attack-process.ts', [JSON.stringify(target)]);
    const attacking = new AbortController();
    const watching = Promise.all([
      keepProbing(`${server.url}/healthz`, pid, attacking.signal),
      keepWeighing(pid, (seconds * 1000) / 10, attacking.signal),
    ]);
    const whole = await Promise.race([sleep(seconds * 1000, 'lived'), server.child.gone]);
    attacking.abort();
    const [probed, peaks] = await watching;
    const gaps = page.gapsMs();
    attacks.child.process.send('end');
    await attacks.child.gone;
    await sleep(AFTER_MS);
    const afterMb = await residentMb(pid).catch(() => Number.NaN);

    for (const line of attacks.lines.slice(1)) report(line);
    console.log(
      `page: ${paceText(quietGaps)} when quiet, ${paceText(gaps)} under attack, opened anew ${page.reopened} times`,
    );
    console.log(
      `resident, MB: ${quietMb.toFixed(0)} when quiet, at most ${peaks.map((mb) => mb.toFixed(0)).join(' ')} in each tenth of the attack, ${afterMb.toFixed(0)} after`,
    );
    console.log(`/healthz: ${probedText(quiet)} when quiet; ${probedText(probed)} under attack`);
    return [
      atMost('restarts under attack', whole === 'lived' ? 0 : 1, 0),
      atMost(
        'worst answer of /healthz, without what the machine kept from it, s',
        probed.worstOwnMs / 1000,
        1,
      ),
      atMost('a page’s pace under attack, in that when quiet', mean(gaps) / mean(quietGaps), 2),
      atMost('most resident memory, MB', Math.max(...peaks), LIMIT_MB * 1.048576),
      atMost(
        'memory of the last tenth, in that of the fifth',
        (peaks[9] ?? Number.NaN) / (peaks[4] ?? 1),
        1.15,
      ),
    ];
  } finally {
    for (const end of ends) await end();
    await Promise.all(children.map(stopChild));
    await rm(folder, { recursive: true, force: true });
  }
}

interface Started {
  readonly child: Child;
  readonly firstLine: string;
  readonly lines: readonly string[];
}

async function startScript(script: string, args: readonly string[]): Promise<Started> {
  const lines: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const path = join(import.meta.dirname, 'abuse', script);
  const child = startChild(script, process.execPath, [path, ...args], {
    ipc: true,
    onLine(line) {
      lines.push(line);
      resolve();
    },
    onErrorLine: (line) => console.error(`${script}: ${line}`),
  });
  await Promise.race([promise, child.gone]);
  return { child, lines, firstLine: lines[0] ?? '' };
}

async function startLimited(folder: string, prometheus: string, kubernetes: string) {
  const [tokens, keys, kubeconfig] = ['tokens', 'keys', 'kubeconfig'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(
    tokens,
    `person:signer:${secret('person')}\nwall:viewer:${secret('wall')}\ndesk:tapper:${secret('desk')}\n`,
  );
  await writeFile(keys, `bench:${secret('key')}\n`);
  await writeFile(
    kubeconfig,
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: kubernetes } }],
      users: [{ name: 'u', user: { token: 'anything' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  );
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `${before ?? ''} --max-old-space-size=${HEAP_MB}`;
  try {
    return await startServer(
      [
        ...['--prometheus', prometheus, '--kubeconfig', kubeconfig, '--port', '0', '--log-level', 'silent'],
        ...['--access-token-file', tokens, '--embed-key-file', keys],
      ],
      (line) => console.error(`server: ${line.slice(0, 300)}`),
    );
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
}

async function targetOf(url: string): Promise<Target> {
  const answer = await fetch(`${url}/api/embed-link`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret('person')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ namespace: ['team-00'], validFor: '1h' }),
  });
  const { link } = (await answer.json()) as { link: string };
  return { url, link, viewerToken: secret('wall'), tapperToken: secret('desk') };
}

function report(line: string): void {
  for (const [name, outcomes] of JSON.parse(line) as [string, Record<string, number>][])
    console.log(
      `${name}: ${Object.entries(outcomes)
        .map(([outcome, count]) => `${count} × ${outcome}`)
        .join(', ')}`,
    );
}

function probedText({ worstMs, worstOwnMs, p99OwnMs, late, all }: Probed): string {
  return `worst ${worstMs.toFixed(0)} ms, ${worstOwnMs.toFixed(0)} of them its own, 99 of 100 within ${p99OwnMs.toFixed(0)}, ${late} of ${all} a second or more`;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}

function paceText(gaps: readonly number[]): string {
  return `a value each ${(mean(gaps) / 1000).toFixed(1)} s, at most ${(Math.max(...gaps) / 1000).toFixed(1)} s apart,`;
}

function atMost(what: string, value: number, most: number): Verdict {
  return { what, value, budget: `at most ${most}`, kept: value <= most };
}
