// Whether the page shows another cluster than the server's own, which alone has tap and Kubernetes. Pure.

import type { About } from '@latchwork/shared/about';
import type { Place } from '../location/place.ts';

/** Its name; null while the server's own is shown. Until the server has said which is its own, a named one may be another. */
export function otherCluster(about: About | null, { cluster }: Pick<Place, 'cluster'>): string | null {
  return cluster === about?.clusters?.current ? null : cluster;
}
