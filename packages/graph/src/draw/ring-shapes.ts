// The success ring of a card: the failing share first, from 12 o'clock. Dashed where there is no success rate.

import { type Counted, toldSuccess } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import { arcOf, ringOf } from './encode.ts';
import type { Circle, Ink } from './shape.ts';

export interface RingPlace {
  x: number;
  y: number;
  radius: number;
  stroke: number;
}

const FAILING = { warn: 'warnMark', bad: 'badMark', within: 'line3' } as const;

export function ringShapes(traffic: Counted, judge: Judge, place: RingPlace): Circle[] {
  const { x, y, radius, stroke } = place;
  const ring = ringOf(traffic.successRate, toldSuccess(traffic, judge)?.tone ?? null);
  const at = { is: 'circle', x, y, radius, role: 'ring' } as const;
  if (ring === null) return [{ ...at, stroke: 'line2', strokeWidth: 1.5, dash: '2.5 2.5' }];
  const arc = (part: { from: number; to: number }, ink: Ink): Circle => {
    const { dash, turn } = arcOf(part, radius);
    return { ...at, stroke: ink, strokeWidth: stroke, dash, turn };
  };
  const { rest, failing } = ring;
  return [
    ...(rest ? [arc(rest, 'goodMark')] : []),
    ...(failing ? [arc(failing, FAILING[failing.tone ?? 'within'])] : []),
  ];
}
