// What a caller sees when policy turns it away (proxy-metrics: 403, 404 and 429 count as success at the client).

import type { Refused } from '@latchwork/shared/edge';
import type { Labels } from '../../sources/prometheus/sample.ts';

export const REFUSAL_SIGNS: Record<Exclude<keyof Refused, 'egress'>, readonly string[]> = {
  authorization: [
    '403',
    'grpc 7', // In words up to Linkerd 2.14.
    'grpc The caller does not have permission to execute the specified operation',
  ],
  route: ['404'],
  rateLimit: ['429'],
};

export function refusalKind(label: string | undefined): keyof typeof REFUSAL_SIGNS | null {
  return label !== undefined && Object.hasOwn(REFUSAL_SIGNS, label)
    ? (label as keyof typeof REFUSAL_SIGNS)
    : null;
}

const ALL_SIGNS = new Set(Object.values(REFUSAL_SIGNS).flat());

/** What of the end of a call, as its caller counts it, may be that of a refusal. */
export function refusalSignsOf({ status_code: status, grpc_status: grpc }: Labels): string[] {
  const signs: string[] = [];
  if (status && ALL_SIGNS.has(status)) signs.push(status);
  if (grpc && ALL_SIGNS.has(`grpc ${grpc}`)) signs.push(`grpc ${grpc}`);
  return signs;
}
