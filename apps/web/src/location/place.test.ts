import { describe, expect, it } from 'vitest';
import { HOME, type Place, parsePlace, placeSearch, placeSearches, toCluster, toView } from './place.ts';

const FAR: Place = {
  view: 'live',
  cluster: 'west & "far"',
  namespaces: ['shop', 'bank'],
  window: '5m',
  at: '2026-11-23T15:47:10Z',
  noise: 'show',
  theme: 'dark',
  selected: 'shop/deployment/web~shop/deployment/cart',
  focus: 'shop/deployment/web',
  by: 'app.kubernetes.io/part-of',
  trail: ['bank', 'legacy'],
  folded: ['bank'],
  unfolded: ['shop', 'legacy'],
  hidden: ['external:10.0.0.1:443'],
  figure: 'p95',
  find: 'open',
  found: 'only',
  only: 'plaintext',
  labels: 'on',
  lines: 'problems',
  shape: 'matrix',
  sort: '-success',
  filter: 'success < 99 & more=ü',
  target: 'shop/deployment/web',
  groupBy: 'status',
  ask: 'method:POST,path:/carts/%2C',
  tap: 'shop/deployment/web~shop/deployment/cart GET /carts/{id}',
  request: 'mh3k2x9a-1f',
  meshed: 'no',
  problems: true,
  problem: 'slow@shop/deployment/cart',
  kind: 'plaintext',
  order: 'time',
  why: 'shop/deployment/web',
  rowsOf: 'pod',
  columns: ['rate', 'p95'],
};

describe('parsePlace(search) and placeSearch(place)', () => {
  it('bring a place back as it was', () => {
    expect(parsePlace(placeSearch(FAR))).toEqual(FAR);
    expect(parsePlace(placeSearch(HOME))).toEqual(HOME);
  });

  it('write nothing that is default', () => {
    expect(placeSearch(HOME)).toBe('');
    expect(placeSearch({ ...HOME, window: '2m' })).toBe('?window=2m');
  });

  it('keep ids readable', () => {
    expect(placeSearch({ ...HOME, selected: 'shop/deployment/web~external:10.0.0.1:80' })).toBe(
      '?selected=shop/deployment/web~external:10.0.0.1:80',
    );
  });

  it('write hundreds of places that differ in one thing as each by itself', () => {
    for (const from of [HOME, FAR])
      for (const name of ['selected', 'focus'] as const)
        for (const value of [null, 'shop/deployment/web', 'a&b~ü'])
          expect(placeSearches(from, name)(value)).toBe(placeSearch({ ...from, [name]: value }));
    expect(placeSearches(FAR, 'hidden')([])).toBe(placeSearch({ ...FAR, hidden: [] }));
  });

  it('fall back where they do not understand', () => {
    const search =
      '?view=nowhere&namespace=Shop!&namespace=bank&namespace=bank&window=2y&at=yesterday&labels=maybe&only=x&group=y&theme=pink&shape=cube&meshed=maybe';
    expect(parsePlace(search)).toEqual({ ...HOME, namespaces: ['bank'] });
    expect(parsePlace('?cluster=').cluster).toBeNull();
    expect(parsePlace(`?cluster=${'x'.repeat(201)}`).cluster).toBeNull();
  });

  it('take what a proxy or a mail programme left of an address', () => {
    expect(parsePlace('?&&window&=x&folded=,,a,,a').folded).toEqual(['a']);
    expect(parsePlace('?selected=%E0%A4%A').selected).not.toBeNull();
  });
});

describe('toView(place, view)', () => {
  it('keeps the scope and the selection, and drops what belonged to the last table', () => {
    const there = toView(FAR, 'workloads');
    expect(there).toMatchObject({ view: 'workloads', namespaces: FAR.namespaces, selected: FAR.selected });
    expect(there).toMatchObject({ sort: null, filter: '', ask: '', tap: null, request: null, meshed: null });
  });

  it('changes nothing on the way to where one is', () => {
    expect(toView(FAR, 'live')).toBe(FAR);
  });
});

describe('toCluster(place, cluster)', () => {
  it('keeps window and view, and drops what the names of the last cluster chose', () => {
    const {
      view,
      window,
      at,
      noise,
      theme,
      only,
      labels,
      lines,
      shape,
      sort,
      filter,
      groupBy,
      meshed,
      rowsOf,
    } = FAR;
    const kept = {
      view,
      window,
      at,
      noise,
      theme,
      only,
      labels,
      lines,
      shape,
      sort,
      filter,
      groupBy,
      meshed,
      rowsOf,
    };
    const { columns, problems, kind, order, figure, find, found } = FAR;
    Object.assign(kept, { columns, problems, kind, order, figure, find, found });
    expect(toCluster(FAR, 'north')).toEqual({ ...HOME, ...kept, cluster: 'north' });
    expect(toCluster(FAR, null)).toEqual({ ...HOME, ...kept });
  });

  it('stays chosen on the way to another view', () => {
    expect(toView(toCluster(HOME, 'west'), 'workloads').cluster).toBe('west');
  });
});
