import { expect, it } from 'vitest';
import { toRoutePast } from './route-past.ts';

const line = (name: string, status: string, points: readonly (readonly [number, number])[]) => ({
  labels: {
    backend_kind: 'Service',
    backend_namespace: 'a',
    backend_name: name,
    http_status: status,
    error: '',
  },
  points: points as [number, number][],
});

it('toRoutePast(lines, span) adds up each backend by step; a step without series is no data', () => {
  const lines = [
    line('stable', '200', [
      [60, 3],
      [120, 4],
    ]),
    line('stable', '503', [[120, 1]]),
    line('canary', '200', [[120, 2]]),
    line('canary', '200', [[999, 2]]),
  ];
  expect(toRoutePast(lines, { startSeconds: 60, stepSeconds: 60, steps: 3 })).toEqual({
    ...{ start: '1970-01-01T00:01:00.000Z', stepSeconds: 60 },
    backends: [
      { target: 'a/service/canary', rps: [null, 2, null], successRate: [null, 1, null] },
      { target: 'a/service/stable', rps: [3, 5, null], successRate: [1, 0.8, null] },
    ],
  });
});
