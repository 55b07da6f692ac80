// Latency buckets that the store lacks: all of them, the last one, or some bounds.

import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../findings/finding.ts';
import type { Side, StoredBounds, StoredFamilies } from './stored-families.ts';

const KEEP_BUCKETS =
  'keep response_latency_ms_bucket with every value of its label le in the scrape configuration (metric_relabel_configs, or writeRelabelConfigs of a remote write)';
const KEEP = `scrape_configs:
  - job_name: linkerd-proxy
    always_scrape_classic_histograms: true # beside native ones
    metric_relabel_configs: [] # none that drops response_latency_ms_bucket, or values of its label le
`;
const WHOSE: Readonly<Record<Side, string>> = { inbound: 'of workloads', outbound: 'of single edges' };

export function bucketGaps(families: StoredFamilies): Finding[] {
  const sides = (['inbound', 'outbound'] as const).filter(
    (side) => families.count('response_total', side) > 0 || families.count('request_total', side) > 0,
  );
  const missing = sides.filter((side) => families.bounds(side) === null);
  const stored = sides.flatMap((side) => {
    const bounds = families.bounds(side);
    return bounds ? [{ side, bounds }] : [];
  });
  return [
    ...(missing.length > 0 ? [noBuckets(missing, sides.length === missing.length)] : []),
    ...partly(stored),
    ...lastBucket(stored, families),
    ...thinned(stored.map(({ bounds }) => bounds)),
  ];
}

function noBuckets(sides: readonly Side[], isAll: boolean): Finding {
  const which = isAll ? '' : `${sides.join(' and ')} `;
  return gap({
    code: 'latency-not-stored',
    severity: 'warn',
    what: `no ${which}latency buckets are stored (response_latency_ms_bucket): dropped, or converted to native histograms. Latencies ${isAll ? '' : `${sides.map((side) => WHOSE[side]).join(' and ')} `}are unknown`,
    remedy: KEEP_BUCKETS,
  });
}

interface Stored {
  readonly side: Side;
  readonly bounds: StoredBounds;
}

function partly(stored: readonly Stored[]): Finding[] {
  const short = stored.filter(({ bounds }) => bounds.without > 0);
  if (short.length === 0) return [];
  const count = short.reduce((sum, { bounds }) => sum + bounds.without, 0);
  return [
    gap({
      code: 'latency-partly-stored',
      severity: 'warn',
      what: `${count} latency histograms have no bucket in the store: latencies leave out what these counted`,
      remedy: KEEP_BUCKETS,
    }),
  ];
}

function lastBucket(stored: readonly Stored[], families: StoredFamilies): Finding[] {
  const without = stored.filter(({ bounds }) => bounds.last !== 'all');
  if (without.length === 0) return [];
  const isCounted = without.every(({ side }) => families.count('response_latency_ms_count', side) > 0);
  return [
    gap({
      code: 'last-bucket-not-stored',
      severity: isCounted ? 'info' : 'warn',
      what: isCounted
        ? 'the last latency bucket (le="+Inf") is not stored for all: response_latency_ms_count is read in its place'
        : 'neither the last latency bucket (le="+Inf") nor response_latency_ms_count is stored for all: latencies are unknown where they are missing',
      remedy: KEEP_BUCKETS,
    }),
  ];
}

function thinned(stored: readonly StoredBounds[]): Finding[] {
  const [first] = stored
    .map(({ all, common }) => ({ all, common, isUneven: common.length < all.length }))
    .filter(({ common }) => common.length < PROXY_BOUNDS_MS.length)
    .sort((a, b) => a.common.length - b.common.length);
  if (!first) return [];
  return [
    gap({
      code: 'bounds-thinned',
      what: first.isUneven
        ? `not every proxy's latency buckets have the same bounds in the store: latencies are read from the ${first.common.length} finite bounds that all have (${list(first.common)} ms)`
        : `${first.common.length} of the proxies' ${PROXY_BOUNDS_MS.length} finite latency bounds are stored (${list(first.common)} ms): a latency may be anywhere within its bucket`,
      remedy: KEEP_BUCKETS,
    }),
  ];
}

function list(bounds: readonly number[]): string {
  return bounds.length <= 12 ? bounds.join(', ') : `${bounds.slice(0, 12).join(', ')}, …`;
}

function gap(said: Pick<Finding, 'code' | 'what' | 'remedy'> & Partial<Finding>): Finding {
  return toFinding({ ...said, manifest: KEEP });
}
