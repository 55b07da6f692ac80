// Which window and moment a subscription is about; topics of now alone hold none.

import type { Stop } from './feed.ts';
import { type Span, toSpan } from './scope.ts';

export function leaseOf(params: object, lease: (span: Span) => Stop): Stop {
  const { window, at, cluster } = params as { window?: string; at?: string; cluster?: string };
  if (window === undefined && at === undefined && cluster === undefined) return () => undefined;
  return lease(
    toSpan({
      ...(window === undefined ? {} : { window }),
      ...(at === undefined ? {} : { at }),
      ...(cluster === undefined ? {} : { cluster }),
    }),
  );
}
