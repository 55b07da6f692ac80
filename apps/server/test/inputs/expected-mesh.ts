// What the recorded mesh must come out as, computed one query a question by whoever recorded it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Range = readonly [number, number] | null;

interface Quantiles {
  readonly p50: Range;
  readonly p95: Range;
  readonly p99: Range;
}

export interface ExpectedEdge {
  readonly source: string;
  readonly target: string;
  readonly http: ({ rps: number; successRate: number; securedShare: number } & Quantiles) | null;
  readonly tcp: {
    opensPerSecond: number;
    openConnections: number;
    readBytesPerSecond: number;
    writeBytesPerSecond: number;
    securedShare: number | null;
  } | null;
  readonly reasons: readonly string[];
  readonly lock: string;
  readonly refused: Readonly<Record<string, number>> | null;
}

export interface ExpectedMesh {
  readonly at: number;
  readonly windowSeconds: number;
  readonly workloads: readonly ({
    id: string;
    rps: number;
    successRate: number;
    denied: number;
  } & Quantiles)[];
  readonly edges: readonly ExpectedEdge[];
  readonly unmeshed: readonly { target: string; route: string; rps: number }[];
  readonly unreached: readonly { source: string; target: string; error: string; rps: number }[];
  readonly refused: readonly ({ source: string; target: string } & Record<string, number | string>)[];
}

export const MOMENTS = ['steady', 'reviews-failing', 'proxy-restarted', 'recovered'] as const;

const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'recordings', 'expected');

export function readExpected(moment: (typeof MOMENTS)[number]): ExpectedMesh {
  return JSON.parse(readFileSync(join(FOLDER, `${moment}.json`), 'utf8'));
}
