// Which other tools have something about the thing that is selected, and where. Pure.

import { filledLink, type LinkPlace, type LinkTemplate } from '@latchwork/shared/link-template';
import { momentSeconds } from '@latchwork/shared/moment';
import { parseNodeId } from '@latchwork/shared/node-id';

export interface LinkOut {
  readonly name: string;
  readonly href: string;
}

export interface Span {
  /** Unix ms. */
  readonly toMs: number;
  readonly windowSeconds: number;
}

/** `at`: the moment that the page shows, as its address has it; null is now. */
export function toSpan(at: string | null, windowSeconds: number, nowMs: number = Date.now()): Span {
  const seconds = at === null ? null : momentSeconds(at);
  return { toMs: seconds === null ? nowMs : seconds * 1000, windowSeconds };
}

export function workloadLinks(templates: readonly LinkTemplate[], id: string, span: Span): LinkOut[] {
  return filled(templates, { ...partsOf(id, ['namespace', 'kind', 'name']), ...momentsOf(span) });
}

export function podLinks(templates: readonly LinkTemplate[], id: string, pod: string, span: Span): LinkOut[] {
  const ofPod = templates.filter(({ template }) => template.includes('{pod}'));
  return filled(ofPod, { ...partsOf(id, ['namespace', 'kind', 'name']), pod, ...momentsOf(span) });
}

export function edgeLinks(
  templates: readonly LinkTemplate[],
  ends: { readonly source: string; readonly target: string },
  span: Span,
): LinkOut[] {
  return filled(templates, {
    ...partsOf(ends.source, ['sourceNamespace', 'sourceKind', 'sourceName']),
    ...partsOf(ends.target, ['targetNamespace', 'targetKind', 'targetName']),
    ...momentsOf(span),
  });
}

type Known = Partial<Record<LinkPlace, string>>;

function filled(templates: readonly LinkTemplate[], known: Known): LinkOut[] {
  return templates.flatMap(({ name, template }) => {
    const href = filledLink(template, known);
    return href === null ? [] : [{ name, href }];
  });
}

function partsOf(id: string, [namespace, kind, name]: readonly [LinkPlace, LinkPlace, LinkPlace]): Known {
  const parsed = parseNodeId(id);
  if (parsed?.type !== 'workload') return {};
  return { [namespace]: parsed.namespace, [kind]: parsed.kind, [name]: parsed.name };
}

function momentsOf({ toMs, windowSeconds }: Span): Known {
  // What somebody looks for elsewhere is seldom within a minute.
  const spanMs = Math.max(windowSeconds, 900) * 1000;
  return { from: String(Math.round(toMs - spanMs)), to: String(Math.round(toMs)) };
}
