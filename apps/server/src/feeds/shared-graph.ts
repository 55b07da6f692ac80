// The graph as somebody with a signed link may see it: the same question, with less in its answer.

import type { Graph } from '@latchwork/shared/graph';
import type { ScopeParams } from '@latchwork/shared/live/live';
import { withoutOutside } from '../mesh/narrowed/outside.ts';
import type { Answer } from './answer.ts';

/** `namespaces`: those that the link opens; empty is all. */
export function sharedGraph(
  graph: (params: ScopeParams) => Answer<Graph>,
  params: ScopeParams,
  namespaces: readonly string[],
): Answer<Graph> {
  const whole = graph(params);
  return {
    key: JSON.stringify(['shared', namespaces, whole.key]),
    start: (sink) =>
      whole.start({
        data: (value) => sink.data(withoutOutside(value, namespaces)),
        trouble: (error) => sink.trouble(error),
      }),
    read: async (signal) => withoutOutside(await whole.read(signal), namespaces),
  };
}
