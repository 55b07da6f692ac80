import { describe, expect, it, onTestFinished } from 'vitest';
import { createTapClient } from '../apps/server/src/sources/tap/client.ts';
import type { TapPart } from '../apps/server/src/sources/tap/tap-part.ts';
import type { TapTarget } from '../apps/server/src/sources/tap/target.ts';
import { createHttpTapTransport } from '../apps/server/src/sources/tap/transport.ts';
import { startTapReplay } from './tap-replay.ts';

async function play(target: TapTarget) {
  const replay = await startTapReplay({ speed: 1_000 });
  onTestFinished(() => replay.close());
  const client = createTapClient({
    url: replay.url,
    transport: createHttpTapTransport(replay.url),
    reopen: false,
    random: () => 0.5,
  });
  const parts: TapPart[] = [];
  const failure = await new Promise<string | null>((resolve) => {
    const stop = client.watch(
      { target, maxRps: 100, headers: false },
      {
        part: (part) => parts.push(part),
        lost: resolve,
        failed: (error) => resolve(error.message),
        ended: () => resolve(null),
      },
    );
    onTestFinished(stop);
  });
  return { parts, failure };
}

describe('startTapReplay()', () => {
  it('plays the recording of a workload to its end', async () => {
    const { parts, failure } = await play({
      namespace: 'fulfilment',
      workload: { kind: 'deployment', name: 'orders' },
    });
    expect(failure).toBeNull();
    expect(parts.length).toBe(258);
  });

  it('plays the recording of a namespace', async () => {
    const { parts } = await play({ namespace: 'storefront', workload: null });
    expect(parts.length).toBe(3_051);
  });

  it('picks a workload that was not recorded alone out of its namespace', async () => {
    const { parts, failure } = await play({
      namespace: 'storefront',
      workload: { kind: 'deployment', name: 'catalog' },
    });
    expect(failure).toBeNull();
    expect(parts.length).toBeGreaterThan(500);
    for (const { direction, source, destination } of parts)
      expect((direction === 'inbound' ? destination : source).labels.deployment).toBe('catalog');
  });

  it('plays the workloads of a namespace together when it was not recorded as a whole', async () => {
    const { parts } = await play({ namespace: 'fulfilment', workload: null });
    const seen = parts.map(({ direction, source, destination }) =>
      direction === 'inbound' ? destination.labels.deployment : source.labels.deployment,
    );
    expect(new Set(seen)).toEqual(new Set(['checkout', 'orders']));
  });

  it('says that it has nothing of a target', async () => {
    const { failure } = await play({ namespace: 'nowhere', workload: null });
    expect(failure).toContain('namespace "nowhere" not found');
  });
});
