// A `SourceError` of the Kubernetes source.

import { SourceError, type SourceErrorKind } from '../../source-error.ts';

export interface KubernetesErrorMore {
  readonly remedy: string;
  readonly status?: number;
  readonly cause?: unknown;
}

export function kubernetesError(
  kind: SourceErrorKind,
  message: string,
  more: KubernetesErrorMore,
): SourceError {
  return new SourceError({ source: 'kubernetes', kind, message, ...more });
}
