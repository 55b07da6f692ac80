// Why a picture is empty or may mislead: known causes, each with one thing to do.

import { counted } from '@latchwork/figures/count';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { MeshAnswers, Reaches } from './answers.ts';
import { toFinding } from './findings/finding.ts';
import { ownersOfCallees } from './flows/callees.ts';
import type { Picture } from './picture.ts';
import { type SamplingInput, toSamplingDiagnoses } from './sampling-diagnoses.ts';
import { type Silence, toSilence } from './silence.ts';
import { ownerlessCallees } from './store/callee-gaps.ts';
import { toGaps } from './store/gaps.ts';
import type { StoreFacts } from './store/store-facts.ts';
import type { Survey } from './store/survey.ts';

export interface DiagnosisInput
  extends Omit<SamplingInput, 'isSilent' | 'slowIntervalSeconds' | 'behindSeconds'> {
  readonly answers: MeshAnswers;
  readonly picture: Picture;
  readonly facts: StoreFacts | null;
  readonly survey: Survey;
  /** What the store says when nothing moves; null when something does, or nobody asked. */
  readonly silence: Silence | null;
  readonly coarseLatency: boolean;
  /** Pods whose owners are told by those who call them, or by their names. */
  readonly guessedOwners: number;
  readonly reaches: Reaches;
  /** What the store says may be missing from its answers. */
  readonly warnings: readonly string[];
}

export function toDiagnoses(input: DiagnosisInput): Finding[] {
  const { silence, picture } = input;
  return [
    silence && toSilence(silence, picture.measured > 0),
    missingLabels(input),
    noApplications(input),
    noOwners(input),
    noTls(input),
    scrapedTwice(input),
    mixedCounters(input),
    misplaced(input),
    oldProxies(input),
    partial(input),
    ...toSamplingDiagnoses({
      ...input,
      slowIntervalSeconds: input.facts?.slowIntervalSeconds ?? null,
      behindSeconds: input.facts?.behindSeconds ?? 0,
      isSilent: silence !== null,
    }),
    coarse(input),
    edgesOutOfView(input),
    ...toGaps(input.survey, input.facts),
    ownerlessCallees([...ownersOfCallees(input.answers).keys()]),
  ].filter((found) => found !== null);
}

function missingLabels({ picture }: DiagnosisInput): Finding | null {
  if (picture.unattributed === 0) return null;
  return toFinding({
    code: 'missing-labels',
    what: `${picture.unattributed} groups of series do not say whose they are: the labels namespace, pod or the owner's (deployment, statefulset, …) are missing`,
    remedy:
      'add the relabelling of linkerd-viz to the scrape configuration: namespace and pod of the target, and its labels linkerd.io/proxy-*',
  });
}

/** The picture of Linkerd alone is hidden as noise: the page would be empty without a word. */
function noApplications({ picture }: DiagnosisInput): Finding | null {
  const scraped = [...picture.nodes.values()].filter(
    (node) => node.type === 'workload' && node.denied !== null,
  );
  if (
    scraped.length === 0 ||
    scraped.some((node) => node.type === 'workload' && !picture.infrastructure.has(node.namespace))
  )
    return null;
  return toFinding({
    code: 'no-applications',
    what: `the ${scraped.length} workloads that are scraped are all Linkerd's own: no application is in the mesh, or none is scraped`,
    remedy:
      'mesh one (linkerd inject, then restart it), or let the scrape configuration keep the proxies of all namespaces',
  });
}

const KEEP_OWNERS =
  'keep the pod labels linkerd.io/proxy-* as deployment, statefulset, … in the scrape configuration, as that of linkerd-viz does';

/** A bare pod is nothing strange; a mesh of nothing else is. */
function noOwners({ picture, guessedOwners }: DiagnosisInput): Finding | null {
  if (guessedOwners > 0)
    return toFinding({
      code: 'no-owner-labels',
      what: `${counted(guessedOwners, 'pod is', 'pods are')} stored without an owner (deployment, statefulset, …): whose they are is read from what callers call them, or from their names`,
      remedy: KEEP_OWNERS,
    });
  const scraped = [...picture.nodes.values()].filter(
    (node) => node.type === 'workload' && node.denied !== null,
  );
  if (scraped.length < 2 || scraped.some((node) => node.type === 'workload' && node.kind !== 'pod'))
    return null;
  return toFinding({
    code: 'no-owner-labels',
    what: `all ${scraped.length} workloads are shown by pod: their series say no deployment, statefulset or other owner`,
    remedy: KEEP_OWNERS,
  });
}

function noTls({ answers }: DiagnosisInput): Finding | null {
  const rows = [...(answers.outbound ?? []), ...(answers.inbound ?? [])].filter(({ value }) => value > 0);
  const without = rows.filter(({ labels: { tls } }) => !tls).length;
  if (without === 0) return null;
  return toFinding({
    code: 'no-tls-label',
    what: `${without} of ${rows.length} groups of series have no label tls: their locks are unknown`,
    remedy:
      'keep the label tls in the scrape configuration, and restart pods with proxies older than Linkerd 2.9',
  });
}

function scrapedTwice({ facts }: DiagnosisInput): Finding | null {
  if (!facts?.pods || facts.named <= facts.pods) return null;
  return toFinding({
    code: 'scraped-twice',
    severity: 'warn',
    what: `${facts.named} series of proxies come from ${facts.pods} pods: some are stored more than once, and their rates count as often`,
    remedy:
      'choose one cluster, scrape job or replica with --matcher, such as cluster="east" or job="linkerd-proxy"',
  });
}

/** Each sample of one is a reset to the other: their rates are no rates. */
function mixedCounters({ facts }: DiagnosisInput): Finding | null {
  if (!facts?.mixed) return null;
  return toFinding({
    code: 'proxies-mixed',
    severity: 'bad',
    what: `${counted(facts.mixed, 'set', 'sets')} of labels hold the counters of several proxies at once, which seem to start anew with every sample: their rates are wrong, and far too large`,
    remedy:
      'keep the labels pod and instance of every target in the scrape configuration: look for labeldrop, labelkeep, or one target label for many pods',
  });
}

function misplaced({ facts }: DiagnosisInput): Finding | null {
  const [first, ...others] = facts?.misplaced ?? [];
  if (!first) return null;
  const more = others.length > 0 ? `, and others in ${others.length} more cases` : '';
  return toFinding({
    code: 'namespace-overwritten',
    what: `${first.proxies} proxies that run in ${first.runsIn} are stored under the namespace ${first.storedAs}${more}: a label "namespace" of their pods overwrites that of the scrape`,
    remedy:
      'rename that pod label, or drop it in the scrape configuration (action labeldrop, before labels are mapped)',
  });
}

function oldProxies({ facts }: DiagnosisInput): Finding | null {
  if (!facts || facts.silentAboutUnreached === 0) return null;
  const { silentAboutUnreached: old, proxies } = facts;
  return toFinding({
    code: 'old-proxies',
    what: `${old} of ${proxies} proxies are older than Linkerd 2.16: they do not count calls that reached no endpoint, so that their broken calls are not drawn`,
    remedy: 'restart those pods after an upgrade of Linkerd',
  });
}

function partial({ warnings }: DiagnosisInput): Finding | null {
  const [first] = warnings;
  if (!first) return null;
  return toFinding({
    code: 'partial-answer',
    what: `the store says that series may be missing: ${first.length > 200 ? `${first.slice(0, 200)}…` : first}`,
    remedy: 'see whether all of its parts answer (for Thanos: its stores); what is missing here may be there',
  });
}

function coarse({ coarseLatency }: DiagnosisInput): Finding | null {
  if (!coarseLatency) return null;
  return toFinding({
    code: 'coarse-latency',
    what: 'latencies are read from 14 of the 26 bounds, because the mesh is large or Prometheus slow',
    remedy: 'nothing: a value is then less exact within its bucket',
  });
}

function edgesOutOfView({ reaches: { outboundLatency: inView = 'all' } }: DiagnosisInput): Finding | null {
  if (inView === 'all') return null;
  const where = inView.length > 0 ? `only in ${inView.join(', ')}` : 'only where a namespace is chosen';
  return toFinding({
    code: 'edge-latency-in-view',
    what: `the mesh is large: latencies of single edges are asked for ${where}`,
    remedy: 'choose up to 5 namespaces, or open a workload: its own latencies are always there',
  });
}
