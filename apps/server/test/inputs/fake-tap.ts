// A tap whose events the test decides.

import type { TapClient, TapListener } from '../../src/sources/tap/client.ts';
import type { TapRequest } from '../../src/sources/tap/target.ts';

export function createFakeTap() {
  const listeners = new Set<TapListener>();
  const asked: TapRequest[] = [];
  const tap: TapClient = {
    url: 'http://tap.test',
    watch(request, listener) {
      asked.push(request);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  function all(tell: (listener: TapListener) => void) {
    for (const listener of [...listeners]) tell(listener);
  }
  return { tap, asked, listeners, all };
}
