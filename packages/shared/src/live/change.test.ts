import { describe, expect, it } from 'vitest';
import { applyChange, changeOf } from './change.ts';

/** What comes out at the other end of the wire. */
function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const node = (id: string, rps: number | null) => ({
  type: 'workload',
  id,
  golden: rps === null ? null : { rps, successRate: 1, p50Ms: 3 },
});
const edge = (source: string, target: string, rps: number, more: object = {}) => ({
  source,
  target,
  http: { rps, successRate: 1 },
  tcp: null,
  lock: { state: 'secured', reasons: [] as object[] },
  ...more,
});
const graph = (nodes: object[], edges: object[], more: object = {}) => ({
  at: 'one',
  parts: { outbound: { state: 'fresh' } },
  nodes,
  edges,
  ...more,
});

describe('changeOf(topic, before, after)', () => {
  it('names what is new, changed and gone by id, and of a change only the fields that differ', () => {
    const before = graph(
      [node('a', 1), node('b', 2), node('c', null)],
      [edge('a', 'b', 1), edge('b', 'c', 2)],
    );
    const after = graph(
      [node('a', 1), node('b', 3), node('bb', 4)],
      [edge('a', 'b', 1.5), edge('b', 'bb', 1)],
      {
        at: 'two',
      },
    );
    expect(changeOf('graph', before, after)).toEqual({
      at: 'two',
      nodes: { new: [node('bb', 4)], at: [2], changed: [{ id: 'b', golden: { rps: 3 } }], gone: ['c'] },
      edges: {
        new: [edge('b', 'bb', 1)],
        at: [1],
        changed: [{ source: 'a', target: 'b', http: { rps: 1.5 } }],
        gone: ['b~c'],
      },
    });
  });

  it('says nothing of what is the same', () => {
    const value = graph([node('a', 1)], [edge('a', 'a', 1)]);
    expect(changeOf('graph', value, sent(value))).toEqual({});
  });

  it('sends an item whole that lost a field', () => {
    const before = graph(
      [],
      [edge('a', 'b', 1, { causes: ['x'], unreached: { FAIL_FAST: 1, LOAD_SHED: 1 } })],
    );
    for (const after of [
      edge('a', 'b', 1, { unreached: { FAIL_FAST: 1, LOAD_SHED: 1 } }),
      edge('a', 'b', 1, { causes: undefined, unreached: { FAIL_FAST: 1, LOAD_SHED: 1 } }),
      edge('a', 'b', 1, { causes: ['x'], unreached: { FAIL_FAST: 1 } }),
    ])
      expect(changeOf('graph', before, graph([], [after]))).toEqual({ edges: { new: [after], at: [0] } });
  });

  it('gives up where only the whole value tells: another order, two of one key, a field that is gone', () => {
    const [a, b] = [node('a', 1), node('b', 1)];
    expect(changeOf('graph', graph([a, b], []), graph([b, a], []))).toBeNull();
    expect(changeOf('graph', graph([a], []), graph([a, a], []))).toBeNull();
    expect(changeOf('graph', graph([], [], { message: 'x' }), graph([], []))).toBeNull();
  });

  it('carries the points of a history that came', () => {
    const history = (startMs: number, workloads: object) => ({
      start: new Date(startMs).toISOString(),
      stepSeconds: 10,
      workloads,
    });
    const before = history(0, {
      a: { rps: [1, 2, 3, 4], successRate: [1, 1, null, 1] },
      b: { rps: [1, 1, 1, 1], successRate: [1, 1, 1, 1] },
    });
    const after = history(10_000, {
      a: { rps: [2, 3, 5, 6], successRate: [1, null, 1, 1] },
      c: { rps: [null, null, null, 1], successRate: [null, null, null, 1] },
    });
    const change = changeOf('history', before, after);
    expect(change).toEqual({
      start: after.start,
      workloads: {
        drop: 1,
        keep: 2,
        points: { a: { rps: [5, 6], successRate: [1, 1] } },
        new: { c: { rps: [null, null, null, 1], successRate: [null, null, null, 1] } },
      },
    });
    expect(applyChange('history', before, sent(change) ?? {})).toEqual(after);
    expect(changeOf('history', before, history(10_000_000, before.workloads))).not.toHaveProperty('points');
  });
});

describe('applyChange(topic, before, change)', () => {
  it('keeps the very objects that did not change', () => {
    const before = graph([node('a', 1), node('b', 2)], [edge('a', 'b', 1)]);
    const after = graph([node('a', 1), node('b', 3)], [edge('a', 'b', 1)]);
    const next = applyChange('graph', before, sent(changeOf('graph', before, after)) ?? {});
    expect(next).toEqual(after);
    expect(next.nodes[0]).toBe(before.nodes[0]);
    expect(next.edges).toBe(before.edges);
  });

  it('refuses a change that is of another value', () => {
    const before = graph([node('a', 1)], []);
    expect(() => applyChange('graph', before, { nodes: { new: [node('z', 1)], at: [7] } })).toThrow();
  });

  it('makes the next value of any two', () => {
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 2 ** 32;
    };
    const any = <T>(...of: T[]) => of[Math.floor(random() * of.length)] as T;
    const ids = Array.from({ length: 12 }, (_, index) => `n${index}`);
    const made = () => {
      const nodes = ids.filter(() => random() < 0.7).map((id) => node(id, any(null, 1, 2, 3.5)));
      const edges = ids.flatMap((source) =>
        ids
          .filter(() => random() < 0.2)
          .map((target) =>
            edge(source, target, any(1, 2), {
              http: any(null, { rps: any(1, 2), p50Ms: any(null, 4) }),
              ...any({}, { causes: any([], [{ code: 'x', n: any(1, 2) }]) }),
              unreached: any(null, { FAIL_FAST: any(1, 2) }, { LOAD_SHED: 1 }),
            }),
          ),
      );
      return graph(nodes, edges, {
        at: String(random()),
        ...any({ hidden: { edges: any(1, 2) } }, { hidden: { edges: 3 } }),
      });
    };
    let before = made();
    for (let round = 0; round < 200; round++) {
      const after = made();
      const change = changeOf('graph', before, after);
      expect(change).not.toBeNull();
      const next = applyChange('graph', before, sent(change) ?? {});
      expect(next).toEqual(after);
      before = next;
    }
  });
});
