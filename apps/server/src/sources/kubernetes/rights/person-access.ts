// Asks the API server what somebody else may do: those who look at this server, by the names that it knows them by.

import type { KubernetesClient } from '../api/client.ts';
import { rawOf } from '../api/raw.ts';
import { type Access, readAccess } from './access.ts';
import { toAttributes } from './attributes.ts';
import type { AccessRule } from './missing-rule.ts';

export interface KubernetesPerson {
  readonly user: string;
  readonly groups: readonly string[];
}

/** What every identity that it takes for one is a member of, without being told so. */
const EVERYBODY = 'system:authenticated';

/** The right to ask at all. */
export const REVIEW_RULES: readonly AccessRule[] = [
  {
    verb: 'create',
    group: 'authorization.k8s.io',
    resource: 'subjectaccessreviews',
    namespace: null,
    name: null,
  },
];

export function readReviewAccess(client: KubernetesClient, signal?: AbortSignal): Promise<Access> {
  return readAccess(client, REVIEW_RULES, signal);
}

export async function isPersonAllowed(
  client: KubernetesClient,
  { user, groups }: KubernetesPerson,
  rule: AccessRule,
): Promise<boolean> {
  const answer = await client.json('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    method: 'POST',
    timeoutMs: 10_000,
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user, groups: [...groups, EVERYBODY], resourceAttributes: toAttributes(rule) },
    }),
  });
  const status = rawOf(rawOf(answer)['status']);
  return status['allowed'] === true && status['denied'] !== true;
}
