// A look at health for tests of the page: a few checks of every state, versions, lists and costs.

import type { Check, CheckState } from '@latchwork/shared/health/check';
import type { Checks } from '@latchwork/shared/health/checks';
import type { Doctor } from '@latchwork/shared/health/doctor';
import { finding } from './finding.ts';

export const AT = '2026-11-23T15:58:40.000Z';

export function check(
  id: string,
  category: string,
  title: string,
  state: CheckState,
  more: Partial<Check> = {},
): Check {
  return {
    ...{ id, category, title, state, evidence: null, since: null, was: null, changes: null },
    finding:
      state === 'ok' ? null : finding({ code: `check:${id}`, what: title, remedy: 'do something about it' }),
    ...more,
  };
}

export const ISSUER = check(
  'l5d-identity-issuer-cert-not-expiring-soon',
  'linkerd-identity',
  'issuer cert is valid for at least 60 days',
  'warning',
  {
    evidence: 'expires on 14 December 2026, in 21 days',
    finding: finding({
      code: 'check:l5d-identity-issuer-cert-not-expiring-soon',
      what: 'issuer cert is valid for at least 60 days: look at it',
      remedy: 'Rotate the issuer before then.',
      command: 'linkerd upgrade',
    }),
  },
);

export function checks(list: readonly Check[]): Checks {
  return {
    at: AT,
    checks: [...list],
    notAsked: [
      {
        id: 'l5d-version-cli',
        category: 'linkerd-version',
        title: 'cli is up-to-date',
        why: 'It asks the internet.',
      },
    ],
    versions: {
      controlPlane: 'edge-26.8.3',
      channel: 'edge',
      kubernetes: 'v1.34.2',
      latchwork: '0.1.0',
      extensions: [{ name: 'viz', version: 'edge-26.8.3', pods: 3 }],
      proxies: [
        {
          version: 'edge-26.5.2',
          builds: ['2.341.0'],
          pods: 2,
          workloads: ['shop/deployment/web'],
          skew: 'older',
          note: 'Older than the control plane. Restart the workloads to bring it up.',
        },
      ],
      note: null,
    },
    unmeshed: [
      {
        workload: 'legacy/deployment/batch',
        pods: ['batch-1'],
        finding: finding({ code: 'not-asked', what: 'Neither its namespace nor the pod asks for a proxy.' }),
      },
    ],
    tap: { enabled: ['shop/web-1'], disabled: [], restart: ['shop/web-2'] },
    gateways: [],
    cost: {
      ...{ proxies: 25, samplesPerScrape: 18_325, samplesPerProxy: 733, samplesPerSecond: 1_832 },
      ...{
        scrapeSecondsPerProxy: 0.05,
        proxyMemoryBytes: 1.2e9,
        largestProxy: null,
        questions: [],
        viewers: 3,
      },
    },
    parts: {},
  };
}

export function doctor(workload: string | null): Doctor {
  return {
    ...{ at: AT, windowSeconds: 60, workload, words: 'no proxy', parts: {} },
    steps: [
      { id: 'runs', title: 'It runs', state: 'ok', evidence: '1 pod, ready for 41 min', finding: null },
      {
        id: 'proxy',
        title: 'It has no proxy',
        state: 'failed',
        evidence: 'The namespace legacy is not annotated.',
        finding: finding({
          code: 'doctor:no-proxy',
          command: 'kubectl annotate ns legacy linkerd.io/inject=enabled',
        }),
      },
      { id: 'scraped', title: 'Its proxy is scraped', state: 'skipped', evidence: null, finding: null },
    ],
    cause: finding({ code: 'doctor:no-proxy' }),
  };
}
