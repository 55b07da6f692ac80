// Labels that the store lacks, or has under another name: what is read all the same, and what cannot be.

import { counted } from '@latchwork/figures/count';
import type { Finding } from '@latchwork/shared/problems/finding';
import { SCRAPE_LABELS } from '../../sources/prometheus/questions/survey.ts';
import { toFinding } from '../findings/finding.ts';
import { calleeGaps } from './callee-gaps.ts';
import { keptLabels } from './kept-labels.ts';
import type { Pushed, StoredLabels } from './stored-labels.ts';

/** They stand in selectors with a value: who has them only under another name is not found. */
const SELECTED: readonly string[] = ['direction', 'peer', 'dst_namespace', 'error'];

export function labelGaps(labels: StoredLabels): Finding[] {
  const ofScrape = labels.pushed.filter(({ label }) => SCRAPE_LABELS.includes(label));
  const ofProxy = labels.pushed.filter(({ label }) => !SCRAPE_LABELS.includes(label));
  return [
    ...(ofScrape.length > 0 ? [federated(ofScrape)] : []),
    ...(ofProxy.length > 0 ? [hidden(ofProxy)] : []),
    ...(labels.other.length > 0 ? [otherScheme(labels.other)] : []),
    ...dropped(labels),
    ...calleeGaps(labels),
  ];
}

function federated(pushed: readonly Pushed[]): Finding {
  const pods = Math.max(...pushed.map((one) => one.pods));
  const names = pushed.map(({ label }) => label).join(', ');
  return toFinding({
    code: 'stored-without-honor-labels',
    what: `${counted(pods, 'pod')} came through another Prometheus (/federate) without honor_labels: ${names} of the proxies are kept as exported_…, and are read from there`,
    evidence: evidence(pushed),
    remedy:
      'set honor_labels: true on that scrape job (honorLabels in a ServiceMonitor): other tools would take all proxies for that Prometheus',
    manifest: `scrape_configs:
  - job_name: linkerd-federate
    metrics_path: /federate
    honor_labels: true
    params: {'match[]': ['{job="linkerd-proxy"}']}
`,
  });
}

function hidden(pushed: readonly Pushed[]): Finding {
  const names = pushed.map(({ label }) => label);
  const lost = pushed.filter(({ label, everywhere }) => SELECTED.includes(label) && !everywhere);
  const one = names.length === 1;
  const pods = [...new Set(pushed.flatMap(({ named }) => named))];
  const loss =
    lost.length > 0
      ? `, and what these pods count is not found by ${lost.map(({ label }) => label).join(', ')}: edges of theirs are missing`
      : '';
  return toFinding({
    code: 'pod-labels-hide',
    severity: lost.length > 0 ? 'warn' : 'info',
    what: `${one ? 'the label' : 'the labels'} ${names.join(', ')} of pods in ${namespacesOf(pushed)} ${one ? 'hides that' : 'hide those'} of the proxy, kept as exported_…: ${one ? 'it is' : 'they are'} read from there${loss}`,
    evidence: evidence(pushed),
    remedy: `rename the pod ${one ? 'label' : 'labels'} (${names.join(', ')}), or leave ${one ? 'it' : 'them'} out where the scrape configuration maps pod labels`,
    manifest: `relabel_configs:
  - action: labeldrop # before the pod labels are mapped
    regex: __meta_kubernetes_pod_label_(${names.join('|')})
`,
    pods,
  });
}

function otherScheme(other: readonly Pushed[]): Finding {
  const names = other.map(({ label, from }) => `${from} as ${label}`).join(', ');
  return toFinding({
    code: 'labels-of-another-scheme',
    what: `series of the proxies have labels of another scheme, which are read instead: ${names}`,
    evidence: evidence(other),
    remedy:
      'nothing, if all workloads are here; else add the relabelling of linkerd-viz to the scrape configuration',
  });
}

const LOSS: Readonly<Record<string, string>> = {
  direction: 'what these proxies received and sent cannot be told apart, and is not drawn',
  pod: 'several proxies are one series, whose rates are far too large for a while whenever one of them ends or starts anew',
  peer: 'connections to a callee and to the application cannot be told apart, and are not drawn',
  classification: 'whether a call succeeded is unknown',
  server_id: 'whom a call with TLS reached is unknown, so that it does not count as secured',
  client_id: 'who called with TLS is unknown, so that it does not count as secured',
  target_port: 'scrapes and probes cannot be told from requests',
};

function dropped({ lacks, has, pushed, other }: StoredLabels): Finding[] {
  const isRead = new Set([...pushed, ...other].map(({ label }) => label));
  return Object.entries(LOSS).flatMap(([label, loss]) => {
    const without = lacks.get(label) ?? 0;
    const withLabel = has.get(label) ?? 0;
    // A controller has no identity as a client.
    const isOrdinary = label === 'client_id' && withLabel > 0;
    if (without === 0 || isOrdinary || isRead.has(label)) return [];
    const which = withLabel > 0 ? `${without} series lack` : 'no series has';
    return [
      toFinding({
        code: `label-missing:${label}`,
        severity: 'warn',
        what: `${which} the label ${label}: ${loss}`,
        remedy: `keep the label ${label} in the scrape configuration: look for labeldrop, labelkeep, or aggregation of series on their way to the store`,
        manifest: keptLabels(label),
      }),
    ];
  });
}

function namespacesOf(pushed: readonly Pushed[]): string {
  const names = new Set(pushed.flatMap(({ named }) => named.map((pod) => pod.split('/', 1)[0])));
  return [...names].sort().join(', ') || 'some namespaces';
}

function evidence(pushed: readonly Pushed[]): string | null {
  const lines = pushed.flatMap(({ label, from, pods, named }) =>
    named.length > 0
      ? [
          `${from} stands beside ${label} on ${counted(pods, 'pod')}: ${named.join(', ')}${pods > named.length ? ', …' : ''}`,
        ]
      : [],
  );
  return lines.length > 0 ? lines.join('; ') : null;
}
