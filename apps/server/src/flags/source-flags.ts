// The flags that say which mesh is looked at: its Prometheus, its cluster, the moment. Every command that looks has them.

import { flag, flagWithDefault, repeatable, repeatablePairs, toggle } from './flag.ts';
import { file, moment, text, url, wholeNumber } from './plain-values.ts';
import { parseHeader, parseMatcher } from './syntax.ts';

export const SOURCE_FLAGS = {
  prometheus: {
    /** Null: the one of linkerd-viz, reached through the API server. */
    url: flag(
      'prometheus',
      'URL',
      'The Prometheus (or Thanos, Mimir, VictoriaMetrics) that scrapes the mesh',
      url,
    ),
    user: flag('prometheus-user', 'NAME', 'User for basic authentication', text),
    passwordFile: flag(
      'prometheus-password-file',
      'FILE',
      'File with the password; read again when it changes',
      file,
    ),
    tokenFile: flag(
      'prometheus-token-file',
      'FILE',
      'File with a bearer token; read again when it changes',
      file,
    ),
    headers: repeatablePairs(
      'prometheus-header',
      "'NAME: VALUE'",
      'Header to send along, such as X-Scope-OrgID: team',
      parseHeader,
    ),
    caFile: flag('prometheus-ca-file', 'FILE', 'PEM file of the authority that signed its certificate', file),
    matchers: repeatable(
      'matcher',
      '\'LABEL="VALUE"\'',
      'Added to every selector, such as cluster="east"',
      parseMatcher,
    ),
  },
  kubernetes: {
    /** A file, or several as in $KUBECONFIG; null: what kubectl would take, in a cluster the service account of this pod. */
    kubeconfig: flag(
      'kubeconfig',
      'FILE',
      "Kubernetes' configuration of the cluster; finds the Prometheus and the tap of linkerd-viz there",
      text,
    ),
    context: flag('context', 'NAME', "Context in it, or in kubectl's own configuration", text, {
      otherwise: 'its current one',
    }),
    off: toggle('no-kubernetes', 'Ask only Prometheus, in a cluster too'),
  },
  /** Unix seconds; null is now. */
  atSeconds: flag('at', 'TIME', 'Look at this moment instead of now: RFC 3339 or Unix seconds', moment),
  latencyTargetMs: flagWithDefault(
    'latency-target-ms',
    'NUMBER',
    'A p95 above this is shown as slow',
    wholeNumber(1, 3_600_000),
    { fallback: '1000' },
  ),
} as const;
