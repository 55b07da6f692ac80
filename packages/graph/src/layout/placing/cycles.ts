// Which links call back: the weakest of each cycle. They take no part in the layers.

import type { Board } from '../board.ts';

/** 1 for a link that would close a cycle when links are accepted by falling rate. */
export function callsBack({ cards, links, source, target, rps }: Board): Uint8Array {
  const back = new Uint8Array(links.length);
  const accepted: number[][] = cards.map(() => []);
  const seen = new Int32Array(cards.length).fill(-1);
  const strongestFirst = [...links.keys()].sort((a, b) => rps[b]! - rps[a]! || a - b);

  function reaches(from: number, to: number, round: number): boolean {
    const stack = [from];
    while (stack.length > 0) {
      const card = stack.pop()!;
      if (card === to) return true;
      if (seen[card] === round) continue;
      seen[card] = round;
      stack.push(...accepted[card]!);
    }
    return false;
  }

  for (const [round, e] of strongestFirst.entries()) {
    if (reaches(target[e]!, source[e]!, round)) back[e] = 1;
    else accepted[source[e]!]!.push(target[e]!);
  }
  return back;
}
