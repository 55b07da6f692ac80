// Whether a tapped request succeeded, by the rules with which Linkerd's proxy classifies responses. Pure.

import type { OpenRequest } from '../../sources/tap/requests.ts';

/** Unknown, deadline exceeded, permission denied, internal, unavailable, data loss; the other codes are the caller's doing. */
const GRPC_FAILURES: ReadonlySet<number> = new Set([2, 4, 7, 13, 14, 15]);

type Ended = Pick<OpenRequest, 'httpStatus' | 'grpcStatus' | 'resetError' | 'responded'>;

/** Null when it cannot be told: it was answered, but the event with the status was lost. */
export function isSuccess({ httpStatus, grpcStatus, resetError, responded }: Ended): boolean | null {
  if (resetError !== null || responded === false) return false;
  if (grpcStatus !== null) return !GRPC_FAILURES.has(grpcStatus);
  return httpStatus === null ? null : httpStatus < 500;
}

/** What the answer was, for people: an HTTP status, a gRPC code, or how it broke. */
export function statusOf({ httpStatus, grpcStatus, resetError, responded }: Ended): string {
  if (resetError !== null) return 'reset';
  if (responded === false) return 'no response';
  if (grpcStatus !== null) return `gRPC ${grpcStatus}`;
  return httpStatus === null ? 'unknown' : String(httpStatus);
}
