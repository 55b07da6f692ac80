// The certificates that every identity in the mesh hangs on: trust anchors and issuer. Its key is in a Secret, which nobody reads here.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { type CertificateFacts, isIssuedBy, readCertificates } from '../certificates.ts';
import { dateOf, expiryOf, expiryWords, SOON_MS } from '../expiry.ts';
import { type HealthView, read } from '../health-view.ts';
import { upgrade } from './installation.ts';
import {
  type Advice,
  type CheckRule,
  failed,
  judged,
  ok,
  unknown,
  type Verdict,
  warning,
} from './verdict.ts';

const category = 'linkerd-identity';
const ANCHOR_ALGORITHMS = ['ECDSA P-256', 'RSA 2048', 'RSA 4096'];
const ISSUER_ALGORITHMS = ['ECDSA P-256'];
const OF_OTHERS = 'kubernetes.io/tls';

function rotateAnchor({ home }: HealthView): Advice {
  return {
    remedy:
      'Put a new trust anchor beside the old one into the bundle, restart all meshed workloads, rotate the issuer, then take the old one out.',
    command: `kubectl -n ${home ?? 'linkerd'} get configmap linkerd-identity-trust-roots -o yaml`,
  };
}

function rotateIssuer(view: HealthView): Advice {
  const remedy =
    'Rotate the issuer before then: sign a new one with the same trust anchor; proxies pick it up by themselves.';
  // Someone else fills the Secret, such as cert-manager, and would undo what is done here.
  if (view.config.state === 'known' && view.config.value.issuerScheme === OF_OTHERS)
    return {
      remedy: `${remedy} Its Secret is filled by others, such as cert-manager: rotate it there.`,
      command: `kubectl -n ${view.home ?? 'linkerd'} describe secret linkerd-identity-issuer`,
    };
  return upgrade(view, remedy, {
    flags: '--identity-issuer-certificate-file issuer.crt --identity-issuer-key-file issuer.key',
  });
}

type Judge = (certificates: readonly CertificateFacts[], view: HealthView) => Verdict | null;

function anchors(judge: Judge): CheckRule['judge'] {
  return (view) =>
    judged(
      read(view, ({ trustRoots }) => trustRoots),
      (pem) => {
        const { certificates, malformed } = readCertificates(pem);
        return malformed.length > 0
          ? unknown({
              why: `ConfigMap linkerd-identity-trust-roots cannot be read: ${named(malformed, 2)}`,
              remedy: 'put the trust anchors into its ca-bundle.crt as PEM, and upgrade the control plane',
              right: null,
            })
          : judge(certificates, view);
      },
      () =>
        failed('there is no ConfigMap linkerd-identity-trust-roots', {
          remedy: 'Install the control plane again: without its trust anchors no proxy gets an identity.',
        }),
    );
}

const NO_ISSUER = {
  why: 'the issuer is in Secret linkerd-identity-issuer, which is not read, and neither linkerd-config nor the metric issuer_cert_ttl_seconds tells of it',
  remedy: 'scrape linkerd-identity (port admin-http), or ask linkerd check',
  right: null,
};

/** From the values of the installation: right until someone rotates it by other means, so that the identity service's own word wins. */
function issuer(judge: (issuer: CertificateFacts, view: HealthView) => Verdict | null): CheckRule['judge'] {
  return (view) => {
    const { config } = view;
    if (config.state === 'untold') return unknown(config);
    const pem = config.state === 'known' ? config.value.issuer : null;
    if (pem === null) return unknown(NO_ISSUER);
    const { certificates, malformed } = readCertificates(pem);
    const [first] = certificates;
    return first
      ? judge(first, view)
      : unknown({
          why: `the issuer in linkerd-config cannot be read: ${named(malformed, 2)}`,
          remedy: 'give the control plane its issuer as PEM',
          right: null,
        });
  };
}

function issuerUntilMs(view: HealthView): { readonly untilMs: number; readonly fromMs: number } | null {
  const { config, facts, nowMs } = view;
  const ttl = facts.state === 'known' ? facts.value.one('issuer') : null;
  if (ttl !== null) return { untilMs: nowMs + ttl * 1000, fromMs: Number.NEGATIVE_INFINITY };
  const pem = config.state === 'known' ? config.value.issuer : null;
  return pem === null ? null : (readCertificates(pem).certificates[0] ?? null);
}

function supported(
  certificates: readonly CertificateFacts[],
  algorithms: readonly string[],
  advice: Advice,
): Verdict {
  const bad = certificates.filter(({ algorithm }) => !algorithms.includes(algorithm));
  return bad.length === 0
    ? ok(named([...new Set(certificates.map(({ algorithm }) => algorithm))]))
    : failed(
        `${named(bad.map(({ subject, algorithm }) => `${subject}: ${algorithm}`))}; only ${algorithms.join(', ')}`,
        advice,
      );
}

export const IDENTITY_CHECKS: readonly CheckRule[] = [
  {
    id: 'l5d-identity-trustAnchors-use-supported-crypto',
    category,
    title: 'trust anchors are using supported crypto algorithm',
    judge: anchors((certificates, view) => supported(certificates, ANCHOR_ALGORITHMS, rotateAnchor(view))),
  },
  {
    id: 'l5d-identity-trustAnchors-are-time-valid',
    category,
    title: 'trust anchors are within their validity period',
    judge: anchors((certificates, view) => {
      const { nowMs } = view;
      const bad = certificates.filter(({ fromMs, untilMs }) => untilMs <= nowMs || fromMs > nowMs);
      return bad.length === 0
        ? ok(counted(certificates.length, 'trust anchor'))
        : failed(named(bad.map((one) => `${one.subject} ${outOfTime(one, nowMs)}`)), rotateAnchor(view));
    }),
  },
  {
    id: 'l5d-identity-trustAnchors-not-expiring-soon',
    category,
    title: 'trust anchors are valid for at least 60 days',
    judge: anchors((certificates, view) => {
      const { nowMs } = view;
      const soon = certificates.filter(({ untilMs }) => untilMs - nowMs < SOON_MS);
      const first = Math.min(...certificates.map(({ untilMs }) => untilMs));
      return soon.length === 0
        ? ok(`valid until ${dateOf(first)}, ${counted(certificates.length, 'root')} in the bundle`)
        : warning(
            named(soon.map(({ subject, untilMs }) => `${subject} expires ${expiryWords(untilMs, nowMs)}`)),
            rotateAnchor(view),
          );
    }),
  },
  {
    id: 'l5d-identity-issuer-cert-uses-supported-crypto',
    category,
    title: 'issuer cert is using supported crypto algorithm',
    judge: issuer((one, view) => supported([one], ISSUER_ALGORITHMS, rotateIssuer(view))),
  },
  {
    id: 'l5d-identity-issuer-cert-is-time-valid',
    category,
    title: 'issuer cert is within its validity period',
    judge: (view) => {
      const span = issuerUntilMs(view);
      if (span === null) return unknown(view.config.state === 'untold' ? view.config : NO_ISSUER);
      const { nowMs } = view;
      return span.untilMs > nowMs && span.fromMs <= nowMs
        ? ok(`valid until ${dateOf(span.untilMs)}`)
        : failed(`it ${outOfTime(span, nowMs)}: no proxy gets a new certificate`, rotateIssuer(view));
    },
  },
  {
    id: 'l5d-identity-issuer-cert-not-expiring-soon',
    category,
    title: 'issuer cert is valid for at least 60 days',
    judge: (view) => {
      const span = issuerUntilMs(view);
      if (span === null) return unknown(view.config.state === 'untold' ? view.config : NO_ISSUER);
      const words = expiryWords(span.untilMs, view.nowMs);
      switch (expiryOf(span.untilMs, view.nowMs)) {
        case 'fine':
          return ok(`expires ${words}`);
        case 'soon':
          return warning(`expires ${words}`, rotateIssuer(view));
        case 'expired':
          return failed(`expired ${words}`, rotateIssuer(view));
      }
    },
  },
  {
    id: 'l5d-identity-issuer-cert-issued-by-trust-anchor',
    category,
    title: 'issuer cert is issued by the trust anchor',
    judge: (view) => {
      const known = issuer((one) =>
        anchors((roots) =>
          roots.some((root) => isIssuedBy(one, root))
            ? ok(`by ${named(roots.filter((root) => isIssuedBy(one, root)).map(({ subject }) => subject))}`)
            : failed(
                `none of ${counted(roots.length, 'trust anchor')} signed ${one.subject}`,
                rotateIssuer(view),
              ),
        )(view),
      );
      return known(view);
    },
  },
];

function outOfTime({ fromMs, untilMs }: { fromMs: number; untilMs: number }, nowMs: number): string {
  return untilMs <= nowMs
    ? `expired ${expiryWords(untilMs, nowMs)}`
    : `is valid from ${dateOf(fromMs)} on: clocks may differ`;
}
