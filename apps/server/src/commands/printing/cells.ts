// Numbers as cells of a terminal's table: the figures of the page, and a dash for no number.

import { type Figure, figureText } from '@latchwork/figures/figure';
import { latency } from '@latchwork/figures/latency';
import { peerName } from '@latchwork/figures/peer';
import { toldSuccess } from '@latchwork/figures/success';
import type { Targets } from '@latchwork/figures/targets';
import type { Golden } from '@latchwork/shared/golden';
import type { Node } from '@latchwork/shared/node';
import type { Sign } from './sign.ts';

export const DASH = '-';

export function cell(figure: Figure | null): string {
  return figure === null ? DASH : figureText(figure);
}

export function successCell(golden: Golden | null, targets: Targets): string {
  return cell(golden && (toldSuccess(golden, targets)?.figure ?? null));
}

export function latencyCell(ms: number | null | undefined, { bounds, latencyTargetMs }: Targets): string {
  return cell(latency(ms ?? null, bounds, latencyTargetMs));
}

/** What the numbers of a line are worth a sign for; null: they are as they should be. */
export function goldenSign(golden: Golden | null, targets: Targets): Sign | null {
  const tone = golden && toldSuccess(golden, targets)?.tone;
  if (tone === 'bad' || tone === 'warn') return tone;
  if (golden?.p95Ms != null && golden.p95Ms > targets.latencyTargetMs) return 'warn';
  return tone === 'few' ? 'unknown' : null;
}

/** `namespace/name`, or how the page calls what is in none. */
export function endName(id: string, node?: Node): string {
  const { name, namespace } = peerName(id);
  if (node?.type === 'external' && node.name !== null) return node.name;
  if (id.startsWith('unmeshed:')) return 'unmeshed';
  return namespace === null ? name : `${namespace}/${name}`;
}
