// What metrics say about a tap's target, followed: the top shows how small a sample it is.

import { aboutRps } from '../../mesh/tap/about-rps.ts';
import { toTopTarget } from '../../mesh/tap/top-sides.ts';
import type { TapTarget } from '../../sources/tap/target.ts';
import type { Answers } from '../answers.ts';
import type { Stop } from '../feed.ts';

export function watchAboutRps(
  answers: Pick<Answers, 'graph'>,
  target: TapTarget,
  onRps: (rps: number | null) => void,
): Stop {
  return answers.graph({ namespace: [target.namespace] }).start({
    data: (graph) => onRps(aboutRps(graph, toTopTarget(target))),
    // The tap is none the worse for it.
    trouble: () => onRps(null),
  });
}
