// Whether the certificates of Linkerd's webhooks are valid, as far as the bundles tell that the API server is given for them.

import { named } from '@latchwork/figures/named';
import { readCertificates } from '../certificates.ts';
import { expiryOf, expiryWords } from '../expiry.ts';
import { type HealthView, read } from '../health-view.ts';
import { repair, upgrade } from './installation.ts';
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

const category = 'linkerd-webhooks-and-apisvc-tls';

const WEBHOOKS = [
  {
    name: 'proxy-injector',
    list: 'mutatingWebhooks',
    id: 'l5d-proxy-injector-webhook-cert-valid',
    deployment: 'linkerd-proxy-injector',
  },
  {
    name: 'sp-validator',
    list: 'validatingWebhooks',
    id: 'l5d-sp-validator-webhook-cert-valid',
    deployment: 'linkerd-destination',
  },
  {
    name: 'policy-validator',
    list: 'validatingWebhooks',
    id: 'l5d-policy-validator-webhook-cert-valid',
    deployment: 'linkerd-destination',
  },
] as const;

/** An upgrade makes new certificates, unless someone else fills their Secrets. */
function renewed(view: HealthView, { name, deployment }: (typeof WEBHOOKS)[number]): Advice {
  return upgrade(
    view,
    `Renew the certificate of ${name}: without a valid one the API server calls it in vain. Where cert-manager or others fill its Secret, renew it there.`,
    { after: `kubectl -n ${view.home ?? 'linkerd'} rollout restart deploy/${deployment}` },
  );
}

/** What is wrong with a bundle, and until when it holds. */
export function judgeBundle(
  pem: string,
  {
    view,
    subject,
    isSoonAsked,
    renew,
  }: { view: HealthView; subject: string; isSoonAsked: boolean; renew: Advice },
): Verdict {
  const { certificates, malformed } = readCertificates(pem);
  if (malformed.length > 0)
    return unknown({
      why: `the bundle for ${subject} cannot be read: ${named(malformed, 2)}`,
      remedy: 'see who fills it in: Helm, cert-manager, trust-manager',
      right: null,
    });
  const { nowMs } = view;
  const untilMs = Math.max(...certificates.map((one) => one.untilMs));
  const begun = certificates.some(({ fromMs }) => fromMs <= nowMs);
  const expiry = expiryOf(untilMs, nowMs);
  const words = expiryWords(untilMs, nowMs);
  if (isSoonAsked)
    return expiry === 'fine'
      ? ok(`its bundle expires ${words}`)
      : warning(`its bundle ${expiry === 'expired' ? 'expired' : 'expires'} ${words}`, renew);
  if (!begun) return failed('it is not valid yet: clocks may differ', renew);
  return expiry === 'expired'
    ? failed(`its bundle expired ${words}`, renew)
    : ok('the bundle that the API server trusts for it is valid');
}

function webhookRule(webhook: (typeof WEBHOOKS)[number], isSoonAsked: boolean): CheckRule {
  const { name, list, id } = webhook;
  return {
    id: isSoonAsked ? `l5d-webhook-cert-not-expiring-soon/${name}` : id,
    category,
    title: isSoonAsked ? `${name} cert is valid for at least 60 days` : `${name} webhook has valid cert`,
    judge: (view) =>
      judged(
        read(view, (objects) => objects[list]),
        (webhooks) => {
          const own = webhooks.find(
            ({ configuration }) => configuration === `linkerd-${name}-webhook-config`,
          );
          return own
            ? judgeBundle(own.caBundle, { view, subject: name, isSoonAsked, renew: renewed(view, webhook) })
            : failed(`there is no configuration linkerd-${name}-webhook-config`, repair(view));
        },
        () => null,
      ),
  };
}

export const WEBHOOK_CHECKS: readonly CheckRule[] = WEBHOOKS.flatMap((webhook) => [
  webhookRule(webhook, false),
  webhookRule(webhook, true),
]);
