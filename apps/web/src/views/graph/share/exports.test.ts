import { edgesCsv } from '@latchwork/figures/csv/edges-csv';
import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { layout } from '@latchwork/graph/layout/layout';
import { toMatrix } from '@latchwork/graph/matrix/matrix';
import { toOrder } from '@latchwork/graph/matrix/order';
import { groupedBy } from '@latchwork/graph/scene/grouped-by';
import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import { toMatrixText, toSvgText } from './exports.ts';

const scene = toScene(STEADY);
const [edge] = STEADY.edges;
if (!edge) throw new Error('the recorded mesh has edges');

describe('edgesCsv(edges)', () => {
  const lines = edgesCsv(STEADY.edges).trimEnd().split('\r\n');

  it('has a line for every edge, and nothing where nothing was measured', () => {
    expect(lines).toHaveLength(STEADY.edges.length + 1);
    expect(lines[0]).toMatch(/^source,target,requests_per_second,success_rate,/);
    expect(new Set(lines.map((line) => line.split(',').length)).size).toBe(1);
    expect(lines.join()).not.toMatch(/null|undefined|NaN/);
  });

  it('makes no formula of a name, and no column of a comma', () => {
    const [, line] = edgesCsv([{ ...edge, source: '=HYPERLINK("x")', target: 'a,b' }]).split('\r\n');
    expect(line).toMatch(/^"'=HYPERLINK\(""x""\)","a,b",/);
    const [, wide, broken] = edgesCsv([
      { ...edge, source: '＝1', target: '＠a' },
      { ...edge, source: '\n=1' },
    ]).split('\r\n');
    expect(wide).toMatch(/^"'＝1","'＠a",/);
    expect(broken).toMatch(/^"'\n=1",/);
  });
});

it('toSvgText(facts) is XML with the whole picture and a text alternative', () => {
  const text = toSvgText({
    drawn: { picture: { kind: 'whole', scene, layout: layout(scene) } },
    graph: STEADY,
    namespaces: ['storefront'],
    successTarget: 0.99,
    latencyTargetMs: 1000,
    bounds: PROXY_BOUNDS_MS,
    labels: true,
    isDark: true,
  });
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(parsed.documentElement.getAttribute('role')).toBe('img');
  expect(parsed.querySelector('svg > title')?.textContent).toMatch(/^storefront, service graph of \d{4}-/);
  expect(parsed.querySelector('svg > desc')?.textContent).toContain(`${scene.links.length} edges`);
  expect(parsed.querySelectorAll('g > title')).toHaveLength(scene.cards.length + scene.links.length);
  expect(parsed.querySelector('script, image, [href], style')).toBeNull();
});

it('toSvgText(facts) says by which label its boxes are', () => {
  const graph = groupedBy(STEADY, 'team', { 'storefront/deployment/web': 'shopping' });
  const grouped = toScene(graph);
  const text = toSvgText({
    drawn: { picture: { kind: 'whole', scene: grouped, layout: layout(grouped) } },
    graph,
    namespaces: [],
    successTarget: 0.99,
    latencyTargetMs: 1000,
    bounds: PROXY_BOUNDS_MS,
    labels: false,
    isDark: false,
  });
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(parsed.querySelector('svg > title')?.textContent).toMatch(/^The whole mesh by team, service graph/);
  expect(parsed.querySelector('svg > desc')?.textContent).toContain(' in 2 groups by team, ');
  expect(text).toContain('>shopping</text>');
});

it('toMatrixText(facts) is XML with every call and a text alternative', () => {
  const order = toOrder(STEADY.nodes, STEADY.edges, null);
  const wish = { folded: new Set<string>(), focus: null, hidden: [], only: null };
  const text = toMatrixText({
    matrix: toMatrix({ graph: STEADY, wish, successTarget: 0.99 }, order),
    graph: STEADY,
    namespaces: [],
    successTarget: 0.99,
    latencyTargetMs: 1000,
    bounds: PROXY_BOUNDS_MS,
    isDark: false,
  });
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(parsed.querySelector('svg > title')?.textContent).toMatch(
    /^The whole mesh, matrix of calls of \d{4}-/,
  );
  expect(parsed.querySelector('svg > desc')?.textContent).toContain('web to cart in storefront');
  expect(text).not.toContain('NaN');
  expect(parsed.querySelector('script, image, [href], style')).toBeNull();
});
