// Why an edge is not encrypted: one finding for each reason, with the cause where Kubernetes' objects leave no doubt about it.

import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { LockReason } from '@latchwork/shared/lock';
import type { Node } from '@latchwork/shared/node';
import type { PossibleCause } from '@latchwork/shared/problems/finding';
import type { LockCause } from '../lock/cause.ts';
import { explainReason } from './lock-reasons.ts';
import { type Made, made, type SharedCause } from './made.ts';

/** What the target's own objects can explain; other reasons are of the caller or of the proxy. */
const OF_TARGET = 'not_provided_by_service_discovery';
/** It never leaves the pod. */
const HARMLESS: readonly string[] = ['loopback'];

export function lockFindings(edge: Edge, target: Node | null, causes: readonly LockCause[]): Made[] {
  const { lock } = edge;
  const [known, ...others] = causes.filter(({ certain }) => certain).map(({ finding }) => finding);
  const explained = lock.reasons.length === 1 ? lock.reasons[0]?.reason : OF_TARGET;
  return [...lock.reasons]
    .sort((a, b) => b.share - a.share || (a.reason < b.reason ? -1 : 1))
    .map((one) => {
      if (!known || one.reason !== explained) return unexplained(edge, one, target, causes);
      const { where, ...finding } = known;
      const shared = { key: `${finding.code} ${where}`, where, what: sharedWhat(where, finding.what) };
      const also = others.map(({ what, evidence, remedy, command }) => ({
        ...{ what, tell: evidence ?? '', remedy, command },
      }));
      return ofEdge(edge, one, shared, { ...finding, ...(also.length > 0 ? { causes: also } : {}) });
    });
}

function unexplained(
  edge: Edge,
  reason: LockReason,
  target: Node | null,
  causes: readonly LockCause[],
): Made {
  const {
    what,
    evidence,
    remedy,
    causes: possible,
  } = explainReason(reason.reason, target, (edge.lock.securedShare ?? 0) > 0);
  const fitting = causes.filter(({ certain }) => !certain).map(toPossible);
  const all = [...fitting, ...possible];
  const shared = { key: `${reason.reason} ${edge.target}`, where: edge.target, what };
  return ofEdge(edge, reason, shared, {
    ...{ code: `not-encrypted:${reason.reason || 'no-reason'}`, what, evidence, remedy },
    command: all.length === 1 ? (all[0]?.command ?? null) : null,
    ...(all.length > 0 ? { causes: all } : {}),
  });
}

function toPossible({ finding }: LockCause): PossibleCause {
  const { what, remedy, command } = finding;
  return { what, tell: "Kubernetes' objects fit it.", remedy, command };
}

type Said = Omit<Parameters<typeof made>[1], 'where'>;

function ofEdge(edge: Edge, { reason, share }: LockReason, cause: SharedCause, said: Said): Made {
  const isOutside = edge.lock.state === 'opaque' || edge.target.startsWith('external:');
  return made('plaintext', {
    ...said,
    severity: isOutside ? 'info' : 'warn',
    where: edgeId(edge.source, edge.target),
    weight: edge.http ? edge.http.rps * share : null,
    reported: reason,
    partly: (edge.lock.securedShare ?? 0) > 0,
    isQuiet: HARMLESS.includes(reason),
    cause,
  });
}

/** A cause of a namespace is told of the namespace. */
function sharedWhat(where: string, what: string): string {
  return where.includes('/') ? what : `${where} has no proxies`;
}
