// What metrics say about a tap's target, followed: the top shows how small a sample it is.

import { workloadId } from '@latchwork/shared/node-id';
import { aboutRps } from '../../mesh/tap/about-rps.ts';
import type { TapTarget } from '../../sources/tap/target.ts';
import type { Answers } from '../answers.ts';
import type { Stop } from '../feed.ts';

export function watchAboutRps(
  answers: Pick<Answers, 'graph'>,
  { namespace, workload }: TapTarget,
  onRps: (rps: number | null) => void,
): Stop {
  const target = {
    namespace,
    workloadId: workload ? workloadId(namespace, workload.kind, workload.name) : null,
  };
  return answers.graph({ namespace: [namespace] }).start({
    data: (graph) => onRps(aboutRps(graph, target)),
    // The tap is none the worse for it.
    trouble: () => onRps(null),
  });
}
