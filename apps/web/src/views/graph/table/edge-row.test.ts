import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import { nextEdgeSort, parseEdgeSort, sortValue, toRows } from './edge-row.ts';
import { shownEdges } from './shown-edges.ts';

const JUDGE = { successTarget: 0.99 };
const ALL = { only: null, focus: null };
const rows = toRows(STEADY.edges, STEADY.nodes);

describe('toRows(edges, nodes)', () => {
  it('is one row for each edge, with both ends by name', () => {
    expect(rows).toHaveLength(STEADY.edges.length);
    const row = rows.find(({ id }) => id === 'storefront/deployment/web~storefront/deployment/cart');
    expect(row).toMatchObject({ from: { name: 'web', namespace: 'storefront' }, to: { name: 'cart' } });
  });

  it('says why an edge is not wholly secured, in the words of the proxy', () => {
    for (const { edge, reason } of rows) expect(reason !== null).toBe(edge.lock.reasons.length > 0);
    expect(rows.some(({ reason }) => reason === 'not provided by service discovery')).toBe(true);
  });

  it('has no figures where policy turned all away', () => {
    const refused = rows.filter(({ isRefused }) => isRefused);
    expect(refused.length).toBeGreaterThan(0);
    for (const { http } of refused) expect(http).toBeNull();
  });
});

describe('sortValue(row, sort)', () => {
  it('puts what is least secured first', () => {
    const sort = parseEdgeSort('lock');
    const states = [...rows]
      .sort((a, b) => Number(sortValue(a, sort)) - Number(sortValue(b, sort)))
      .map(({ edge, isRefused }) => (isRefused ? 'refused' : edge.lock.state));
    expect(states[0]).toBe('plaintext');
    expect(states.at(-1)).toBe('refused');
    expect(states.indexOf('mixed')).toBeGreaterThan(states.lastIndexOf('plaintext'));
  });
});

describe('parseEdgeSort, nextEdgeSort', () => {
  it('read and write what the address says', () => {
    expect(parseEdgeSort('-rate')).toEqual({ column: 'rate', direction: 'descending' });
    expect(parseEdgeSort('toString')).toEqual({ column: 'from', direction: 'ascending' });
    expect(nextEdgeSort(parseEdgeSort(null), 'rate')).toBe('-rate');
    expect(nextEdgeSort(parseEdgeSort('-rate'), 'rate')).toBe('rate');
    expect(nextEdgeSort(parseEdgeSort('rate'), 'from')).toBeNull();
  });
});

describe('shownEdges(graph, place, judge)', () => {
  it('is all of them, those of one kind, or those that touch what is in focus', () => {
    expect(shownEdges(STEADY, ALL, JUDGE)).toHaveLength(STEADY.edges.length);
    const plaintext = shownEdges(STEADY, { ...ALL, only: 'plaintext' }, JUDGE);
    expect(plaintext.length).toBeGreaterThan(0);
    for (const { lock } of plaintext) expect(lock.state).toBe('plaintext');
    for (const { source, target } of shownEdges(STEADY, { ...ALL, focus: 'storefront' }, JUDGE))
      expect(`${source} ${target}`).toContain('storefront/');
    for (const { target } of shownEdges(STEADY, { ...ALL, focus: 'external' }, JUDGE))
      expect(target).toMatch(/^external:/);
  });
});
