import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph } from '@latchwork/shared/graph';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDrawRoom } from './draw-room.ts';

const WANTED = {
  kind: 'svg' as const,
  params: {},
  title: 't',
  targets: { successTarget: 0.99, latencyTargetMs: 1000 },
};
const ANN = { id: 'ann', isLink: false };
const graphOf = (at: string) => ({ at }) as Graph;

/** Draws the moment of its graph, with a count; hangs, ends or fails when the moment says so. */
const PUPPET = `
  import { parentPort } from 'node:worker_threads';
  let drawn = 0;
  parentPort.on('message', ({ graph }) => {
    const { at } = JSON.parse(graph);
    if (at === 'hang') for (;;);
    if (at === 'end') process.exit(1);
    if (at === 'fail') parentPort.postMessage({ failure: 'no such card' });
    else parentPort.postMessage({ picture: at + ' ' + ++drawn });
  });
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchwork-draw-'));
  await writeFile(join(folder, 'puppet.mjs'), PUPPET);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function open(withinMs = 10_000) {
  const room = createDrawRoom({ worker: join(folder, 'puppet.mjs'), withinMs });
  onTestFinished(() => room.close());
  return room;
}

describe('createDrawRoom()', () => {
  it('draws once for all who want the same at once or a little later', async () => {
    const room = open();
    const both = [room.draw(graphOf('a'), WANTED, ANN), room.draw(graphOf('a'), WANTED, ANN)];
    expect(await Promise.all(both)).toEqual(['a 1', 'a 1']);
    expect(await room.draw(graphOf('a'), WANTED, { id: 'bob', isLink: true })).toBe('a 1');
    expect(await room.draw(graphOf('a'), { ...WANTED, title: 'u' }, ANN)).toBe('a 2');
  });

  it.each(['hang', 'end', 'fail'])('goes on after a picture that made it %s', async (at) => {
    const room = open(500);
    const lost = room.draw(graphOf(at), WANTED, ANN);
    const next = room.draw(graphOf('a'), WANTED, ANN);
    await expect(lost).rejects.toThrow(/picture|thread/);
    expect(await next).toMatch(/^a \d$/);
  });

  it('turns away whoever wants too many at once', async () => {
    const room = open(300);
    const wanted = Array.from({ length: 9 }, (_, i) =>
      room.draw(graphOf(i === 0 ? 'hang' : `m${i}`), WANTED, ANN),
    );
    const ends = await Promise.allSettled(wanted);
    expect(
      ends.filter((end) => end.status === 'rejected' && end.reason?.name === 'TooBusy').length,
    ).toBeGreaterThan(0);
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  });
});
