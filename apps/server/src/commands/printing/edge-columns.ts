// Edges as lines of a table on a terminal, and which of them were asked for.

import { connectionsText } from '@latchwork/figures/card-facts';
import { wholePercent } from '@latchwork/figures/percent';
import { rate } from '@latchwork/figures/rate';
import type { Targets } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import { shortIdentity } from '@latchwork/shared/identity';
import type { Node } from '@latchwork/shared/node';
import { isAllRefused } from '@latchwork/shared/refusal';
import type { Resource } from '../asking/resources.ts';
import { cell, DASH, endName, latencyCell, successCell } from './cells.ts';
import { edgeWord } from './edge-sign.ts';
import { figures, type TextColumn, words } from './text-table.ts';

export function isAsked({ source, target }: Edge, resources: readonly Resource[]): boolean {
  if (resources.length === 0) return true;
  return [source, target].some((id) => {
    const [, kind = '', name] = id.split('/');
    return resources.some(
      (each) => (each.kind === 'all' || each.kind === kind) && (each.name ?? name) === name,
    );
  });
}

export interface EdgeRow {
  readonly edge: Edge;
  readonly why: string;
}

export function edgeColumns(nodes: ReadonlyMap<string, Node>, targets: Targets): TextColumn<EdgeRow>[] {
  const client = ({ edge }: EdgeRow) => edge.lock.clientIds.map(shortIdentity).join(', ');
  const server = ({ edge }: EdgeRow) => edge.lock.serverIds.map(shortIdentity).join(', ');
  const success = ({ edge }: EdgeRow) => (isAllRefused(edge) ? DASH : successCell(edge.http, targets));
  return [
    words('FROM', ({ edge }) => endName(edge.source, nodes.get(edge.source))),
    words('TO', ({ edge }) => endName(edge.target, nodes.get(edge.target))),
    figures('SECURED', ({ edge }) => cell(wholePercent(edge.lock.securedShare))),
    figures('RATE', ({ edge }) => amount(edge)),
    figures('SUCCESS', success),
    figures('P50', ({ edge }) => latencyCell(edge.http?.p50Ms, targets), 5),
    figures('P95', ({ edge }) => latencyCell(edge.http?.p95Ms, targets), 4),
    figures('P99', ({ edge }) => latencyCell(edge.http?.p99Ms, targets), 6),
    words('LOCK', ({ edge }) => edgeWord(edge), 3),
    words('CLIENT', client, 8),
    words('SERVER', server, 9),
    words('WHY', ({ why }) => why, 7),
  ];
}

function amount({ http, tcp, refused, unreached }: Edge): string {
  if (http) return cell(rate(http.rps));
  if (tcp?.openConnections != null) return connectionsText(tcp.openConnections);
  const more = { ...refused, ...unreached };
  return refused || unreached ? cell(rate(Object.values(more).reduce((sum, each) => sum + each, 0))) : DASH;
}
