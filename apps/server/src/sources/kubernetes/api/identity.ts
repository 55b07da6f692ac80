// Who the API server takes us for.

import type { KubernetesClient } from './client.ts';
import { rawOf, textOr, textsOf } from './raw.ts';

export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Null where the API server is older than 1.28 or does not say. */
export async function readIdentity(client: KubernetesClient, signal?: AbortSignal): Promise<Identity | null> {
  try {
    const answer = await client.json('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
      method: 'POST',
      timeoutMs: 10_000,
      ...(signal ? { signal } : {}),
      body: JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }),
    });
    const info = rawOf(rawOf(rawOf(answer)['status'])['userInfo']);
    const user = textOr(info['username'], null);
    return user === null ? null : { user, groups: textsOf(info['groups']) };
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}
