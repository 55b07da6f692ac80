// Who fails, where the count can carry it; and who is below the target by too few requests to say so.

import { failedPercentText, percentText } from '@latchwork/figures/percent';
import { countedTone, countsOf } from '@latchwork/figures/small-numbers';
import { span } from '@latchwork/figures/span';
import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Node, WorkloadNode } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { logsCommand } from './kubectl.ts';
import { type Made, made } from './made.ts';
import type { Neighbours } from './neighbours.ts';
import { nodeName } from './node-name.ts';

export interface FailingQuestion {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly neighbours: Neighbours;
  readonly windowSeconds: number;
  /** 0 to 1. */
  readonly successTarget: number;
}

/** `few`: below the target, and nothing more can be said. */
export interface Failing {
  readonly found: Made | null;
  readonly few: Made | null;
}

const NOTHING: Failing = { found: null, few: null };

/** As its own proxy counts what it answers. */
export function failingNode(node: WorkloadNode, question: FailingQuestion): Failing {
  if (node.golden?.successRate == null) return NOTHING;
  const { rps, successRate } = node.golden;
  return failing(rps, successRate, question, {
    code: 'failing',
    where: node.id,
    name: node.name,
    callers: '',
    why: whyOf(node, question),
    command: logsCommand(node),
  });
}

/** As its caller counts it, where the target does not count for itself or does not see it. */
export function failingEdge(edge: Edge, question: FailingQuestion): Failing {
  const { http, source, target } = edge;
  const { nodes } = question;
  if (http?.successRate == null) return NOTHING;
  // Callers that are not scraped are counted by the target itself.
  if (parseNodeId(source)?.type !== 'workload') return NOTHING;
  const node = nodes.get(target);
  const own = node?.type === 'workload' ? node.golden : null;
  // What the target counts as failed is told of the target.
  if (own?.successRate != null && isFailing(own.rps, own.successRate, question)) return NOTHING;
  const call = failing(http.rps, http.successRate, question, {
    code: 'failing-call',
    where: edgeId(source, target),
    name: nodeName(nodes, target),
    callers: ` for ${nodeName(nodes, source)}`,
    why:
      own?.successRate == null
        ? {
            evidence: 'It does not count its own answers.',
            remedy: 'See the failing requests in Live, from the caller.',
          }
        : {
            evidence:
              'It answers well by its own count: the calls fail on the way, or run into the timeout of the caller.',
            remedy: 'Look at timeouts and at connections between the two; Live shows the failing requests.',
          },
    command: null,
  });
  // Too few to say is said of the target.
  return own?.successRate != null ? { ...call, few: null } : call;
}

function isFailing(
  rps: number,
  successRate: number,
  { windowSeconds, successTarget }: FailingQuestion,
): boolean {
  const { failed, all } = countsOf(rps, successRate, windowSeconds);
  return ['warn', 'bad'].includes(countedTone(failed, all, successTarget));
}

interface Told {
  readonly code: string;
  readonly where: string;
  readonly name: string;
  /** After the share: for whom, where it is of one caller alone. */
  readonly callers: string;
  readonly why: { readonly evidence: string; readonly remedy: string };
  readonly command: string | null;
}

function failing(
  rps: number,
  successRate: number,
  { windowSeconds, successTarget }: FailingQuestion,
  { code, where, name, callers, why, command }: Told,
): Failing {
  const { failed, all } = countsOf(rps, successRate, windowSeconds);
  const tone = countedTone(failed, all, successTarget);
  if (tone === 'good') return NOTHING;
  const counted = `${failed} of ${all} requests in ${span(windowSeconds)} failed.`;
  const finding = made('failing', {
    ...{ code, where, weight: rps, command },
    severity: tone === 'bad' ? 'bad' : 'warn',
    what:
      tone === 'few'
        ? `${name}: ${failed} of ${all} failed${callers}`
        : `${name} fails ${failedPercentText(successRate)}${callers}`,
    evidence:
      tone === 'few'
        ? `${counted} The target of ${percentText(successTarget)} needs more to be judged.`
        : `${counted} ${why.evidence}`,
    remedy: tone === 'few' ? 'Look over a longer window.' : why.remedy,
  });
  return tone === 'few' ? { found: null, few: finding } : { found: finding, few: null };
}

/** What it calls that fails, too, the heaviest first: there it begins. */
function whyOf(node: WorkloadNode, question: FailingQuestion): Told['why'] {
  const calls = question.neighbours.outOf(node.id).flatMap(({ edge }) => (edge.http ? [edge] : []));
  const broken = question.neighbours.outOf(node.id).find(({ edge }) => edge.unreached !== null);
  const culprit = calls
    .filter(({ http }) => http?.successRate != null && isFailing(http.rps, http.successRate, question))
    .sort((a, b) => lostRps(b) - lostRps(a))[0];
  if (culprit) {
    const name = nodeName(question.nodes, culprit.target);
    return {
      evidence: `Its calls to ${name} fail, too: ${failedPercentText(culprit.http?.successRate ?? 1)}.`,
      remedy: `Look at ${name} first.`,
    };
  }
  if (broken) {
    const name = nodeName(question.nodes, broken.edge.target);
    return { evidence: `Its calls to ${name} get no endpoint.`, remedy: `Look at ${name} first.` };
  }
  return {
    evidence: calls.length === 0 ? 'It answers so itself: it calls nobody.' : 'What it calls answers well.',
    remedy: 'See the failing requests in Live, and its logs.',
  };
}

function lostRps({ http }: Edge): number {
  return http?.successRate == null ? 0 : http.rps * (1 - http.successRate);
}
