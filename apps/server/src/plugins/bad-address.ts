// The answer to an address that cannot even be read, such as /%: as guarded as any other, before any route or hook.

import type { Problem } from '@latchwork/shared/problems/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type HostRules, isAllowedHost } from '../security/allowed-host.ts';
import { arrivalOf } from '../security/arrival.ts';

const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export function badAddressAnswer(rules: HostRules) {
  return (_error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const isKnown = isAllowedHost(request.headers.host, rules, arrivalOf(request));
    const problem: Problem = isKnown
      ? { error: 'bad-address', message: 'this address cannot be read' }
      : { error: 'host-not-allowed', message: 'this server does not answer to that name' };
    return reply
      .code(isKnown ? 400 : 403)
      .headers(HEADERS)
      .type('application/json')
      .send(problem);
  };
}
