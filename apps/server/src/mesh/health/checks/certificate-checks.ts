// Certificates of proxies, as the proxies themselves tell: how long the shortest is valid, and whether they get new ones.

import { counted } from '@latchwork/figures/count';
import { named } from '@latchwork/figures/named';
import { DAY_SECONDS } from '../control-plane-config.ts';
import { distance, expiryWords } from '../expiry.ts';
import { type CheckRule, failed, judged, ok, unknown, warning } from './verdict.ts';

const category = 'certificates';
/** Proxies renew at 70 % of the life of a certificate: whoever has only this share of it left did not get one. */
const LATE_SHARE = 1 / 12;

export const CERTIFICATE_CHECKS: readonly CheckRule[] = [
  {
    id: 'proxy-certificates',
    category,
    title: 'Proxies hold valid certificates',
    judge: ({ facts, nowMs, home, config }) =>
      judged(
        facts,
        (told) => {
          const left = told.one('leaf');
          const count = told.one('leaves');
          if (left === null || count === null)
            return unknown({
              why: 'no proxy tells of its certificate (control_identity_cert_expiration_timestamp_seconds is not stored)',
              remedy: 'keep the families control_identity_* in the scrape configuration',
              right: null,
            });
          const expired = told.one('expired') ?? 0;
          const life = config.state === 'known' ? config.value.issuanceSeconds : DAY_SECONDS;
          const remedy = {
            remedy:
              'See whether linkerd-identity runs and its issuer is valid; then restart the pods that still hold an old one.',
            command: logsOfIdentity(home),
          };
          const untilMs = nowMs + left * 1000;
          if (expired > 0)
            return failed(`${expired} of ${count} expired, the first ${expiryWords(untilMs, nowMs)}`, remedy);
          return left < life * LATE_SHARE
            ? warning(`one of ${count} expires in ${distance(left * 1000)}, and was not renewed`, remedy)
            : ok(`${count} of ${count} hold a valid certificate, the shortest for ${distance(left * 1000)}`);
        },
        () => null,
      ),
  },
  {
    id: 'certificate-refreshes',
    category,
    title: 'Certificates are renewed',
    judge: ({ facts, home }) =>
      judged(
        facts,
        (told) => {
          if (told.one('refreshes') === null)
            return unknown({
              why: 'no proxy counts its renewals (control_identity_cert_refreshes_total is not stored)',
              remedy: 'keep the families control_identity_* in the scrape configuration',
              right: null,
            });
          const bad = told.of('refreshErrors');
          return bad.length === 0
            ? ok('no renewal failed in the last hour')
            : failed(
                `${counted(bad.length, 'proxy', 'proxies')} could not renew in the last hour: ${named(
                  bad.map(({ labels }) => `${labels['namespace']}/${labels['pod']}`),
                )}`,
                {
                  remedy:
                    'See whether linkerd-identity runs, is reachable from these pods, and has a valid issuer.',
                  command: logsOfIdentity(home),
                },
              );
        },
        () => null,
      ),
  },
];

function logsOfIdentity(home: string | null): string {
  return `kubectl -n ${home ?? 'linkerd'} logs deploy/linkerd-identity -c identity --tail=50`;
}
