// Why nothing moves: nothing is stored, no proxy is scraped, none any more, or there is no traffic.

import type { Finding } from '@latchwork/shared/problems/finding';
import type { Sample } from '../sources/prometheus/sample.ts';
import type { MeshAnswers } from './answers.ts';
import { toFinding } from './findings/finding.ts';

export interface Silence {
  /** Series by family. */
  readonly families: ReadonlyMap<string, number>;
  /** Of the newest scrape of a proxy in the last hour; null when there was none. */
  readonly ageSeconds: number | null;
  /** Why the store did not say; then the others say nothing. */
  readonly refused: string | null;
}

/** The store refused to say why nothing moves. */
export function refusedSilence(reason: string): Silence {
  return { families: new Map(), ageSeconds: null, refused: reason };
}

/** Older than any usual scrape interval, and than the shortest window. */
const OLD_SECONDS = 60;

export function readSilence(samples: readonly Sample[]): Silence {
  const age = samples.find(({ labels }) => labels['fact'] === 'age')?.value;
  return {
    families: new Map(
      samples.flatMap(({ labels, value }) => (labels['family'] ? [[labels['family'], value] as const] : [])),
    ),
    ageSeconds: age !== undefined && Number.isFinite(age) ? age : null,
    refused: null,
  };
}

/** Whether the answers hold no rate at all: a mesh that is scraped has at least those of the scrapes. */
export function isSilent({ inbound, outbound }: MeshAnswers): boolean {
  return inbound?.length === 0 && outbound?.length === 0;
}

/** `isDrawn`: there are workloads in the picture all the same. */
export function toSilence({ families, ageSeconds, refused }: Silence, isDrawn: boolean): Finding | null {
  // A question that was refused is no answer: none of the causes is claimed (truth rule 20).
  if (refused !== null)
    return toFinding({
      code: 'silence-unexplained',
      what: `no request and no connection was counted in this window, and the store refused the question why: ${refused}`,
      remedy:
        'look on the targets page of Prometheus whether proxies are scraped (port linkerd-admin, 4191); if they are, send some requests or choose a longer window',
    });
  if (ageSeconds !== null && ageSeconds > OLD_SECONDS)
    return toFinding({
      code: 'stale-data',
      what: `the newest scrape of a proxy is ${Math.round(ageSeconds)} s older than this moment: nothing is known of the time since`,
      remedy:
        'see whether Prometheus still runs its scrapes (its targets page), and whether its clock and the one of this server agree',
    });
  if (families.size === 0)
    return toFinding({
      code: 'empty',
      what: 'Prometheus answers, but holds no series at this moment',
      remedy:
        'if it has just started, wait for two scrapes; else look at its targets page, at its retention, and at the constant matchers given with --matcher',
    });
  const proxies = families.get('proxy_build_info') ?? 0;
  if (proxies === 0 && !families.has('response_total') && !families.has('tcp_open_total'))
    return toFinding({
      code: 'no-linkerd-metrics',
      what: 'Prometheus answers, but has no metrics of Linkerd proxies',
      remedy:
        'scrape the port linkerd-admin (4191) of every meshed pod, as the scrape configuration of linkerd-viz does, or point --prometheus at the one that has them',
    });
  if (isDrawn) return null;
  return toFinding({
    code: 'no-traffic',
    what: `${proxies || 'some'} proxies are scraped, but none counted a request or a connection in this window`,
    remedy:
      'if they were first scraped just now, wait for two scrapes; else send some requests, or choose a longer window',
  });
}
