// Every cause of an empty number, switched on in the simulated mesh: the doctor names it, and stops there.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../packages/shared/src/health/check.ts';
import type { Doctor } from '../packages/shared/src/health/doctor.ts';
import { stopChild } from './processes.ts';
import { type Mesh, type RunningServer, startMesh, startServer } from './stack.ts';

const WAIT_MS = 60_000;
const SAY_NOTHING = () => undefined;

let mesh: Mesh;
let server: RunningServer;

beforeAll(async () => {
  mesh = await startMesh(1, SAY_NOTHING);
  const { prometheusRelay, kubeconfig } = mesh.sim;
  const sources = ['--prometheus', prometheusRelay, '--kubeconfig', kubeconfig];
  server = await startServer(['--demo', '--port', '0', ...sources], SAY_NOTHING);
  await until('harbour/deployment/web', (answer) => answer.cause === null);
}, 120_000);

afterAll(async () => {
  if (server) await stopChild(server.child);
  await mesh?.stop();
});

afterEach(() => turn('/reset'));

async function turn(path: string): Promise<void> {
  const answer = await fetch(`${mesh.sim.control}${path}`, { method: 'POST' });
  expect(answer.status, await answer.text()).toBe(200);
}

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`${server.url}${path}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

/** Asks until it is so: scrapes and watches need a moment. */
async function until(workload: string | null, isSo: (answer: Doctor) => boolean): Promise<Doctor> {
  const path = workload === null ? '/api/doctor?window=10s' : `/api/doctor?window=10s&workload=${workload}`;
  const endMs = Date.now() + WAIT_MS;
  let answer = await ask<Doctor>(path);
  while (!isSo(answer) && Date.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    answer = await ask<Doctor>(path);
  }
  return answer;
}

interface Case {
  readonly what: string;
  readonly switches?: readonly string[];
  readonly workload?: string;
  readonly code: string;
}

const WEB = 'harbour/deployment/timetable-canary';

const CASES: readonly Case[] = [
  { what: 'nobody listens', switches: ['/relay/prometheus?mode=refuse'], code: 'store-away' },
  { what: 'the store hangs', switches: ['/relay/prometheus?mode=hang'], code: 'store-away' },
  { what: 'it is no store', switches: ['/relay/prometheus?mode=garbage'], code: 'store-away' },
  { what: 'it wants a login', switches: ['/relay/prometheus?mode=401'], code: 'store-refused' },
  { what: 'policy turns us away', switches: ['/relay/prometheus?mode=403'], code: 'store-refused' },
  { what: 'it holds nothing', switches: ['/relay/prometheus?mode=empty'], code: 'empty' },
  {
    what: 'a proxy is left out of the scrapes',
    switches: [`/scrape/harbour/timetable-canary?mode=hidden`],
    workload: WEB,
    code: 'not-scraped',
  },
  {
    what: 'a proxy refuses to be scraped',
    switches: [`/scrape/harbour/timetable-canary?mode=refuse`],
    workload: WEB,
    code: 'scrape-fails',
  },
  {
    what: 'there is no traffic',
    switches: ['/idle/fleet/crew'],
    workload: 'fleet/deployment/crew',
    code: 'no-traffic',
  },
  { what: 'a port is opaque', workload: 'booking/statefulset/ledger', code: 'opaque' },
  { what: 'it only calls', workload: 'booking/job/nightly-report', code: 'only-outbound' },
  { what: 'nobody asked for a proxy', workload: 'yard/deployment/depot', code: 'no-proxy:not-asked' },
  { what: 'it opted out', workload: 'harbour/deployment/loudspeaker', code: 'no-proxy:opted-out' },
  {
    what: 'it is on the network of its node',
    workload: 'fleet/daemonset/pier-camera',
    code: 'no-proxy:host-network',
  },
  {
    what: 'the injector did not answer',
    workload: 'booking/deployment/gift-cards',
    code: 'no-proxy:injector-missed',
  },
  { what: 'it has no pods', workload: 'harbour/deployment/souvenirs', code: 'no-pods' },
  { what: 'there is no such workload', workload: 'harbour/deployment/nothing', code: 'not-there' },
];

describe('the checks', () => {
  const checkOf = async (id: string) => {
    const { checks } = await ask<{ checks: Check[] }>('/api/checks');
    return checks.find((check) => check.id === id);
  };

  it('are well on a well mesh, but for what the demo has to show', { timeout: 60_000 }, async () => {
    const { checks } = await ask<{ checks: Check[] }>('/api/checks');
    const not = checks.filter(({ state }) => state === 'failed' || state === 'unknown').map(({ id }) => id);
    // One pod of crew waits for a node, and one of refund-sweep has failed.
    expect(not).toEqual(['l5d-data-plane-ready']);
  });

  it('see an issuer that expires soon', { timeout: 90_000 }, async () => {
    await turn('/issuer?days=21');
    const endMs = Date.now() + WAIT_MS;
    let found = await checkOf('l5d-identity-issuer-cert-not-expiring-soon');
    while (found?.state !== 'warning' && Date.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      found = await checkOf('l5d-identity-issuer-cert-not-expiring-soon');
    }
    expect(found).toMatchObject({ state: 'warning', evidence: expect.stringMatching(/in 2[01] days/) });
  });
});

describe('the doctor', () => {
  it.each(CASES)(
    'knows when $what',
    { timeout: 90_000 },
    async ({ switches = [], workload = null, code }) => {
      for (const path of switches) await turn(path);
      const answer = await until(workload, ({ cause }) => cause?.code === `doctor:${code}`);
      expect(answer.cause, JSON.stringify(answer.steps)).toMatchObject({ code: `doctor:${code}` });
      expect(answer.cause?.remedy).not.toBe('');
      expect(answer.words).toBeTruthy();
      const at = answer.steps.findIndex(({ state }) => state === 'failed');
      expect(answer.steps.slice(at + 1).every(({ state }) => state === 'skipped')).toBe(true);
    },
  );

  it('names missing labels, and what follows the remedy', { timeout: 120_000 }, async () => {
    await turn('/scrape-labels?mode=bare');
    const answer = await until(null, ({ cause }) => cause?.code === 'doctor:missing-labels');
    expect(answer.cause).toMatchObject({ code: 'doctor:missing-labels' });
    await turn('/reset');
    expect((await until(null, ({ cause }) => cause === null)).cause).toBeNull();
  });

  it('says which right is missing where it cannot tell', { timeout: 90_000 }, async () => {
    await turn('/rights?deny=pods');
    const answer = await until('yard/deployment/depot', ({ steps }) =>
      steps.some(({ finding }) => finding?.missingRight?.includes('pods')),
    );
    expect(answer.steps.find(({ id }) => id === 'runs')).toMatchObject({
      state: 'unknown',
      finding: { missingRight: expect.stringMatching(/\bpods\b/) },
    });
  });
});
