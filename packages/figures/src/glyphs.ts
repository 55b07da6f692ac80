// The small shapes of the picture as paths: locks, kinds of workload, peers. One drawing for the page and for pictures.

import type { LockState } from '@latchwork/shared/lock';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';

/** `fill`: painted in the current colour; else a line of `stroke` px. `dash`, `round` and `opacity` are for lines. */
export interface GlyphPath {
  d: string;
  fill?: true;
  stroke?: number;
  dash?: string;
  round?: true;
  opacity?: number;
}

export type Glyph = readonly GlyphPath[];

const SHACKLE = 'M3.9 5.3V3.9a2.1 2.1 0 0 1 4.2 0v1.4';
const BODY = roundedSquare(1.9, 5.3, 8.2, 5.7, 1.3);

/** On a grid of 12. Closed, half, open, barred, dashed: told by shape before colour. */
export const LOCK_GLYPHS: Record<LockState, Glyph> = {
  secured: [
    { d: SHACKLE, stroke: 1.3 },
    { d: BODY, fill: true },
  ],
  mixed: [
    { d: SHACKLE, stroke: 1.3 },
    { d: BODY, stroke: 1.2 },
    { d: 'M6 5.3H3.2a1.3 1.3 0 0 0-1.3 1.3v3.1A1.3 1.3 0 0 0 3.2 11H6z', fill: true },
  ],
  plaintext: [
    { d: 'M7.3 5.3V3.7a2 2 0 0 1 4 0v.8', stroke: 1.3, round: true },
    { d: roundedSquare(0.7, 5.3, 8.2, 5.7, 1.3), fill: true },
  ],
  opaque: [
    { d: SHACKLE, stroke: 1.3 },
    { d: BODY, stroke: 1.2 },
    { d: 'M3.8 7.4h4.4M3.8 9.1h4.4', stroke: 1 },
  ],
  unknown: [
    { d: SHACKLE, stroke: 1.1, dash: '1.6 1.2' },
    { d: BODY, stroke: 1.1, dash: '1.6 1.2' },
  ],
};

const WINDOW: Glyph = [
  { d: roundedSquare(1.5, 1.5, 9, 9, 2), stroke: 1.2 },
  { d: 'M1.5 6h9M6 1.5v9', stroke: 1.2, opacity: 0.55 },
];
const CYLINDER: Glyph = [
  { d: ellipse(6, 2.9, 4.3, 1.6), stroke: 1.2 },
  {
    d: 'M1.7 2.9v6.2c0 .9 1.9 1.6 4.3 1.6s4.3-.7 4.3-1.6V2.9M1.7 6c0 .9 1.9 1.6 4.3 1.6s4.3-.7 4.3-1.6',
    stroke: 1.2,
  },
];
const ORBIT: Glyph = [
  { d: ellipse(6, 6, 1.6, 1.6), stroke: 1.2 },
  { d: ellipse(6, 6, 4.5, 4.5), stroke: 1.2, dash: '2.4 2.31' },
];
const TRIANGLE: Glyph = [{ d: 'M3 1.8v8.4L10 6z', stroke: 1.2 }];

/** On a grid of 12. */
const KIND_GLYPHS: Readonly<Record<string, Glyph>> = {
  deployment: WINDOW,
  replicaset: WINDOW,
  replicationcontroller: WINDOW,
  statefulset: CYLINDER,
  daemonset: ORBIT,
  job: TRIANGLE,
  cronjob: TRIANGLE,
  pod: [{ d: roundedSquare(1.5, 1.5, 9, 9, 2), stroke: 1.2 }],
  externalworkload: [{ d: roundedSquare(1.5, 1.5, 9, 9, 2), stroke: 1.2, dash: '2.2 1.6' }],
  service: [
    { d: ellipse(6, 6, 4.3, 4.3), stroke: 1.2 },
    { d: 'M3.4 6h5.2', stroke: 1.2 },
  ],
};

/** An operator's own kind looks like a Deployment: it runs pods that are alike. */
export function kindGlyphOf(kind: WorkloadKind | 'service'): Glyph {
  return KIND_GLYPHS[kind] ?? WINDOW;
}

/** On a grid of 16. */
export const BARRED_CIRCLE: Glyph = [
  { d: ellipse(8, 8, 5.5, 5.5), stroke: 1.7 },
  { d: 'M4.5 8h7', stroke: 1.7, round: true },
];

const MERIDIANS =
  'M2.25 8h11.5M8 2.25c2 1.8 2.5 3.7 2.5 5.75S10 12 8 13.75C6 12 5.5 10.05 5.5 8S6 4.05 8 2.25z';

/** On a grid of 16: the world outside, and callers of whom only the traffic is known (dashed). */
export const GLOBE: Glyph = [
  { d: ellipse(8, 8, 5.75, 5.75), stroke: 1.3 },
  { d: MERIDIANS, stroke: 1.3, round: true },
];
export const GLOBE_DASHED: Glyph = [
  { d: ellipse(8, 8, 5.75, 5.75), stroke: 1.3, dash: '2.2 1.9' },
  { d: MERIDIANS, stroke: 1.3, round: true },
];

function roundedSquare(x: number, y: number, width: number, height: number, radius: number): string {
  const arc = (dx: number, dy: number) => `a${radius} ${radius} 0 0 1 ${dx} ${dy}`;
  const [w, h] = [width - 2 * radius, height - 2 * radius].map(short);
  return `M${short(x + radius)} ${y}h${w}${arc(radius, radius)}v${h}${arc(-radius, radius)}h-${w}${arc(-radius, -radius)}v-${h}${arc(radius, -radius)}z`;
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  return `M${short(x - rx)} ${y}a${rx} ${ry} 0 1 1 ${2 * rx} 0a${rx} ${ry} 0 1 1 ${-2 * rx} 0z`;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}

/** One way that becomes two, and a share that is another than its weight: on a grid of 12. */
export const FORK: Glyph = [
  { d: 'M1 6h3.2c2.2 0 2.2-3.4 4.4-3.4H11M4.2 6c2.2 0 2.2 3.4 4.4 3.4H11', stroke: 1.3, round: true },
];
export const UNEQUAL: Glyph = [{ d: 'M1.5 4.2h9M1.5 7.8h9M8.2 1.4 3.8 10.6', stroke: 1.3, round: true }];
