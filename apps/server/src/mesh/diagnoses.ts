// Why a picture is empty or may mislead: known causes, each with one thing to do.

import type { Diagnosis } from '@latchwork/shared/snapshot';
import type { MeshAnswers } from './answers.ts';
import type { Picture } from './picture.ts';

export interface DiagnosisInput {
  readonly answers: MeshAnswers;
  readonly picture: Picture;
  /** Series by family, when asked for because nothing came; null otherwise. */
  readonly families: ReadonlyMap<string, number> | null;
  readonly windowSeconds: number;
  readonly windowAskedSeconds: number;
  readonly scrapeIntervalSeconds: number | null;
  readonly coarseLatency: boolean;
}

export function toDiagnoses(input: DiagnosisInput): Diagnosis[] {
  return [emptiness(input), labels(input), noTls(input), widened(input), coarse(input)].filter(
    (found) => found !== null,
  );
}

function emptiness({ picture, families }: DiagnosisInput): Diagnosis | null {
  if (picture.nodes.size > 0 || families === null) return null;
  const proxies = families.get('proxy_build_info') ?? 0;
  if (families.size === 0)
    return {
      code: 'empty',
      message: 'Prometheus answers, but holds no series at this moment',
      remedy:
        'if it has just started, wait for two scrapes; else look at its targets page, at its retention, and at the constant matchers given with --matcher',
    };
  if (proxies === 0 && !families.has('response_total') && !families.has('tcp_open_total'))
    return {
      code: 'no-linkerd-metrics',
      message: 'Prometheus answers, but has no metrics of Linkerd proxies',
      remedy:
        'scrape the port linkerd-admin (4191) of every meshed pod, as the scrape configuration of linkerd-viz does, or point --prometheus at the one that has them',
    };
  return {
    code: 'no-traffic',
    message: `${proxies || 'some'} proxies are scraped, but none counted a request or a connection in this window`,
    remedy: 'send some requests, or choose a longer window',
  };
}

function labels({ picture }: DiagnosisInput): Diagnosis | null {
  if (picture.unattributed === 0) return null;
  return {
    code: 'missing-labels',
    message: `${picture.unattributed} groups of series do not say whose they are: the labels namespace, pod or the owner's (deployment, statefulset, …) are missing`,
    remedy:
      'add the relabelling of linkerd-viz to the scrape configuration: namespace and pod of the target, and its labels linkerd.io/proxy-*',
  };
}

function noTls({ answers }: DiagnosisInput): Diagnosis | null {
  const rows = [...(answers.outbound ?? []), ...(answers.inbound ?? [])].filter(({ value }) => value > 0);
  const without = rows.filter(({ labels: { tls } }) => !tls).length;
  if (without === 0) return null;
  return {
    code: 'no-tls-label',
    message: `${without} of ${rows.length} groups of series have no label tls: their locks are unknown`,
    remedy:
      'keep the label tls in the scrape configuration, and restart pods with proxies older than Linkerd 2.9',
  };
}

function widened({
  windowSeconds,
  windowAskedSeconds,
  scrapeIntervalSeconds,
}: DiagnosisInput): Diagnosis | null {
  if (windowSeconds <= windowAskedSeconds) return null;
  return {
    code: 'window-widened',
    message: `the window is ${windowSeconds} s instead of ${windowAskedSeconds} s: proxies are scraped every ${scrapeIntervalSeconds} s, and a rate needs four scrapes`,
    remedy: 'scrape more often, or choose a longer window',
  };
}

function coarse({ coarseLatency }: DiagnosisInput): Diagnosis | null {
  if (!coarseLatency) return null;
  return {
    code: 'coarse-latency',
    message: 'latencies are read from 14 of the 26 bounds, because the mesh is large or Prometheus slow',
    remedy: 'nothing: a value is then less exact within its bucket',
  };
}
