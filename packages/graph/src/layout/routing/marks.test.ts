import type { LockState } from '@latchwork/shared/lock';
import { describe, expect, it } from 'vitest';
import { sampleGraph } from '../../quality/sample-graph.ts';
import { toScene } from '../../scene/scene.ts';
import { toBoard } from '../board.ts';
import { bundles } from './bundles.ts';
import { unitMarks } from './marks.ts';
import { emptyRoutes } from './routes.ts';

const TARGET = 'n/deployment/target';

function marksAt(locks: readonly LockState[], levels: readonly number[]) {
  const edges = locks.map((lock, i) => ({
    source: `n/job/caller-${i}`,
    target: TARGET,
    rps: 1,
    kind: 'http',
    lock,
  }));
  const ids = [TARGET, ...edges.map(({ source }) => source)];
  const nodes = ids.map((id) => ({ id, namespace: 'n', type: 'workload' }));
  const board = toBoard(toScene(sampleGraph({ nodes, edges })));
  const units = bundles(board);
  const routes = emptyRoutes(board);
  for (const [e, level] of levels.entries()) routes.in[e] = level;
  return { units, marks: unitMarks(board, units, routes) };
}

describe('bundles(board)', () => {
  it('gives up to four callers a port each', () => {
    expect(marksAt(['secured', 'secured', 'plaintext', 'mixed'], []).units.members).toHaveLength(4);
  });

  it('puts secured callers together when there are more', () => {
    const { members, share } = marksAt(['secured', 'secured', 'plaintext', 'mixed', 'opaque'], []).units;
    expect(members.map((links) => links.length).sort()).toEqual([1, 1, 3]);
    expect(Math.min(...share)).toBeCloseTo(3 ** -0.4);
  });

  it('leaves the loud ones alone as long as that is enough', () => {
    const { members } = marksAt(
      ['secured', 'secured', 'secured', 'plaintext', 'plaintext', 'plaintext'],
      [],
    ).units;
    expect(members.map((links) => links.length).sort()).toEqual([1, 1, 1, 3]);
  });
});

describe('unitMarks(board, units, routes)', () => {
  it('stands each mark at its distance from the card', () => {
    const { marks } = marksAt(['secured', 'plaintext', 'mixed'], [10, 40, 70]);
    expect(marks.map(({ mark }) => mark!.x + mark!.width / 2)).toEqual([-22, -28, -43]);
  });

  it('moves a mark that would touch an upper one left until it is clear', () => {
    const { marks } = marksAt(['plaintext', 'plaintext'], [20, 34]);
    expect(marks[0]?.mark?.x).toBe(-40);
    expect(marks[1]?.mark?.x).toBe(-40 - 24 - 3);
    expect(marks[1]?.room).toBe(44 + 27);
  });

  it('gives a bundle one mark, its number left of it, and room for both', () => {
    const { marks } = marksAt(['secured', 'secured', 'secured', 'secured', 'secured'], [28, 28, 28, 28, 28]);
    expect(marks).toHaveLength(1);
    expect(marks[0]?.number?.x).toBeLessThan(marks[0]?.mark?.x ?? 0);
    expect(marks[0]?.room).toBe(33 + 14);
  });
});
