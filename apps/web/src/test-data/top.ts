// Invented rows of a live top, for tests.

import type { Top, TopRow } from '@latchwork/shared/tap/top';

export function topRow(more: Partial<TopRow> = {}): TopRow {
  const row: TopRow = {
    key: '',
    direction: 'outbound',
    source: { id: 'shop/deployment/web', label: 'web', namespace: 'shop' },
    target: { id: 'shop/deployment/reviews', label: 'reviews', namespace: 'shop' },
    method: 'GET',
    authority: 'reviews.shop:8080',
    path: '/reviews/310',
    route: '/reviews/{id}',
    count: 10,
    ended: 10,
    successes: 9,
    statuses: { '200': 9, '500': 1 },
    bestMs: 5,
    p95Ms: 40,
    medianMs: 20,
    worstMs: 90,
    lastMs: 21,
    lastAt: '2026-11-23T15:47:10Z',
    lock: { state: 'secured', securedShare: 1, reasons: [] },
    ...more,
  };
  return { ...row, key: more.key ?? [row.source.label, row.target.label, row.method, row.path].join(' ') };
}

export function top(rows: readonly TopRow[], more: Partial<Top> = {}): Top {
  return {
    target: 'shop/deployment/web',
    since: '2026-11-23T15:46:10Z',
    at: '2026-11-23T15:47:10Z',
    state: 'streaming',
    message: null,
    remedy: null,
    rows: [...rows],
    counters: {
      received: 4000,
      requests: 1127,
      expired: 0,
      lost: [],
      rowsDropped: 0,
      limitRps: 100,
      aboutRps: 42.5,
    },
    ...more,
  };
}
