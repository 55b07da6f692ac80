import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { sampleMeshes } from '../quality/recordings.ts';
import { cellAt, cellCount, cellIn } from './cell.ts';
import { type Matrix, type MatrixWish, toMatrix } from './matrix.ts';
import { type MatrixOrder, toOrder } from './order.ts';
import { endsText, matrixWords, spokenCell } from './spoken-matrix.ts';
import { firstCall, stepFrom } from './steps.ts';

const JUDGE = { successTarget: 0.99 };
const WISH: MatrixWish = { folded: new Set(), focus: null, hidden: [], only: null };

function node(id: string): Node {
  const [namespace = '', , name = ''] = id.split('/');
  return {
    type: 'workload',
    id,
    namespace,
    kind: 'deployment',
    name,
    golden: null,
    denied: null,
    meshed: true,
  };
}

const id = (short: string) => short.replace('/', '/deployment/');

/** "a/b > c/d", with a rate; plaintext when `open`. */
function edge(source: string, target: string, rps = 1, more: Partial<Edge> = {}): Edge {
  const http = {
    rps,
    successRate: 1,
    requests: 60 * rps,
    failures: 0,
    p50Ms: 1,
    p95Ms: 2,
    p99Ms: 3,
    securedShare: 1,
  };
  return {
    source: id(source),
    target: id(target),
    http,
    tcp: null,
    lock: { state: 'secured', securedShare: 1, reasons: [], identities: null } as unknown as Edge['lock'],
    refused: null,
    refusedShare: null,
    unreached: null,
    notes: [],
    ...more,
  };
}

const PLAINTEXT = { lock: { state: 'plaintext', securedShare: 0 } as unknown as Edge['lock'] };

const EDGES = [
  edge('front/gate', 'shop/web', 4),
  edge('shop/web', 'shop/cart', 3),
  edge('shop/cart', 'yard/stock', 2, PLAINTEXT),
  edge('yard/stock', 'shop/web', 0.5),
];
const GRAPH = {
  nodes: ['front/gate', 'shop/cart', 'shop/web', 'yard/idle', 'yard/stock'].map((short) => node(id(short))),
  edges: EDGES,
};

function matrixOf(wish: Partial<MatrixWish> = {}, graph = GRAPH, before: MatrixOrder | null = null): Matrix {
  const order = toOrder(graph.nodes, graph.edges, before);
  return toMatrix({ graph, wish: { ...WISH, ...wish }, ...JUDGE }, order);
}

const ids = ({ items, rows }: Matrix) => rows.map((row) => items[row]!.id);
const shop = new Set(['shop']);

describe('toMatrix(ask, order)', () => {
  it('stands in the order of depth, each open namespace under its head', () => {
    expect(ids(matrixOf())).toEqual([
      'open:front',
      'front/deployment/gate',
      'open:shop',
      'shop/deployment/web',
      'shop/deployment/cart',
      'open:yard',
      'yard/deployment/stock',
    ]);
  });

  it('has calls back left of the diagonal', () => {
    const matrix = matrixOf();
    const cells = Array.from({ length: cellCount(matrix.cells) }, (_, index) => cellAt(matrix.cells, index));
    expect(cells.filter(({ row, column }) => column < row)).toMatchObject([{ row: 6, column: 3, rps: 0.5 }]);
  });

  it('folds a namespace on both sides, with the calls inside on the diagonal', () => {
    const matrix = matrixOf({ folded: shop });
    expect(ids(matrix)).toContain('folded:shop');
    const at = ids(matrix).indexOf('folded:shop');
    expect(cellIn(matrix.cells, at, at)).toMatchObject({ edges: 1, rps: 3 });
    expect(matrix.items.find(({ kind }) => kind === 'folded')).toMatchObject({ workloads: 2 });
  });

  it('sums rows and columns up', () => {
    const items = new Map(matrixOf({ folded: shop }).items.map((item) => [item.id, item]));
    expect(items.get('folded:shop')).toMatchObject({ out: { rps: 5 }, in: { rps: 7.5 } });
    expect(items.get('front/deployment/gate')).toMatchObject({ out: { rps: 4 }, in: null });
  });

  it('keeps only what was asked for, and counts what it leaves out', () => {
    const matrix = matrixOf({ only: 'problems' });
    expect(ids(matrix)).toEqual(['open:shop', 'shop/deployment/cart']);
    expect(matrix.left).toEqual({ rows: 3, columns: 3, cells: 3 });
    expect(matrixWords(matrix)).toBe('1 × 1, 1 of 4 cells, 3 rows and 3 columns left out, 1 without traffic');
  });

  it('keeps a folded pair of which any edge is what was asked for', () => {
    const edges = [...EDGES, edge('shop/web', 'yard/stock')];
    const matrix = matrixOf({ only: 'plaintext', folded: new Set(['shop', 'yard']) }, { ...GRAPH, edges });
    expect(cellIn(matrix.cells, 0, 0)).toMatchObject({ edges: 2, mark: 'mixed' });
  });

  it('tells of a failing edge among many that are well, and keeps it as a problem', () => {
    const bad = edge('shop/web', 'yard/stock', 1);
    const failing = { ...bad, http: { ...bad.http!, successRate: 0.5, requests: 60, failures: 30 } };
    const edges = [edge('front/gate', 'shop/web', 4), edge('shop/cart', 'yard/stock', 1000), failing];
    const folded = new Set(['shop', 'yard']);
    const matrix = matrixOf({ only: 'problems', folded }, { ...GRAPH, edges });
    expect(cellCount(matrix.cells)).toBe(1);
    expect(cellAt(matrix.cells, 0)).toMatchObject({ tone: 'good', offEdges: 1, offTone: 'bad' });
    expect(spokenCell(matrix, 0, 0, JUDGE)).toMatch(/1 of them below the target$/);
  });

  it('makes no problem of an edge with an unknown lock among secured ones', () => {
    const unknown = { lock: { ...PLAINTEXT.lock, state: 'unknown', securedShare: null } } as Partial<Edge>;
    const edges = [edge('shop/web', 'yard/stock'), edge('shop/cart', 'yard/stock', 1, unknown)];
    const matrix = matrixOf({ only: 'problems', folded: new Set(['shop', 'yard']) }, { ...GRAPH, edges });
    expect(cellCount(matrix.cells)).toBe(0);
  });

  it('shows the neighbourhood of what is in focus', () => {
    expect(ids(matrixOf({ focus: 'front', folded: shop }))).toEqual([
      'open:front',
      'front/deployment/gate',
      'folded:shop',
    ]);
  });

  it('keeps its order through other rates, and puts what is new where it belongs', () => {
    const before = toOrder(GRAPH.nodes, EDGES, null);
    const turned = EDGES.map(({ source, target, ...rest }) => ({ ...rest, source: target, target: source }));
    expect(ids(matrixOf({}, { ...GRAPH, edges: turned }, before))).toEqual(ids(matrixOf()));
    const nodes = [...GRAPH.nodes, node('yard/deployment/shelf')];
    const edges = [...EDGES, edge('yard/stock', 'yard/shelf')];
    expect(ids(matrixOf({}, { nodes, edges }, before)).at(-1)).toBe('yard/deployment/shelf');
  });

  it('marks calls of which policy turned some away', () => {
    const refused = { authorization: 0, route: 0, rateLimit: 0.2, egress: 0 };
    const edges = [edge('front/gate', 'shop/web', 1, { refused, refusedShare: 0.2 })];
    const matrix = matrixOf({}, { ...GRAPH, edges });
    expect(cellAt(matrix.cells, 0)).toMatchObject({ mark: 'secured', partlyRefused: true, refusedRps: 0.2 });
  });

  it('holds every edge of the sample meshes in exactly one cell, folded or not', () => {
    for (const { nodes, edges } of sampleMeshes(300)) {
      const namespaces = new Set(nodes.flatMap((one) => ('namespace' in one ? [one.namespace] : [])));
      for (const folded of [new Set<string>(), namespaces]) {
        const { cells, rows, columns } = matrixOf({ folded }, { nodes, edges });
        const all = Array.from({ length: cellCount(cells) }, (_, index) => cellAt(cells, index));
        expect(all.reduce((sum, cell) => sum + cell.edges, 0)).toBe(edges.length);
        expect(new Set(all.map(({ row, column }) => `${row} ${column}`)).size).toBe(all.length);
        expect(all.every(({ row, column }) => row < rows.length && column < columns.length)).toBe(true);
      }
    }
  });
});

describe('stepFrom(matrix, place, key, far, page)', () => {
  const matrix = matrixOf();
  const page = { rows: 3, columns: 3 };
  const first = firstCall(matrix)!;

  it('begins at the first call and steps over heads', () => {
    expect(first).toEqual({ row: 1, column: 3 });
    expect(stepFrom(matrix, first, 'ArrowDown', false, page)).toEqual({ row: 3, column: 3 });
    expect(stepFrom(matrix, first, 'ArrowLeft', false, page)).toEqual({ row: 1, column: 1 });
    expect(stepFrom(matrix, first, 'PageDown', false, page)).toEqual({ row: 6, column: 3 });
  });

  it('goes to the next call with Control, and stays where there is none', () => {
    expect(stepFrom(matrix, first, 'ArrowDown', true, page)).toEqual({ row: 6, column: 3 });
    expect(stepFrom(matrix, first, 'ArrowRight', true, page)).toEqual(first);
  });

  it('goes to the ends of a row, and leaves other keys alone', () => {
    expect(stepFrom(matrix, first, 'End', false, page)).toEqual({ row: 1, column: 6 });
    expect(stepFrom(matrix, first, 'Home', true, page)).toEqual({ row: 1, column: 1 });
    expect(stepFrom(matrix, first, 'x', false, page)).toBeNull();
  });
});

describe('spokenCell(matrix, row, column, judge)', () => {
  it('says who calls whom, how much, how well and how safely', () => {
    expect(spokenCell(matrixOf(), 1, 3, JUDGE)).toBe(
      'gate in front to web in shop, 4.00 requests a second, 100 percent success, secured',
    );
    expect(spokenCell(matrixOf(), 3, 1, JUDGE)).toBe('web in shop to gate in front, no calls');
  });

  it('says what is inside a folded namespace', () => {
    const { items } = matrixOf({ folded: shop });
    const folded = items.find(({ kind }) => kind === 'folded')!;
    expect(endsText(folded, folded)).toBe('inside shop');
  });
});
