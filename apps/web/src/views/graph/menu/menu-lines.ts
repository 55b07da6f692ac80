// Single lines of the menus of the picture: what is found, shown alone, tapped and copied. Pure.

import { peerName } from '@latchwork/figures/peer';
import { vizCommand, vizKnows } from '@latchwork/figures/viz-command';
import type { LinkTemplate } from '@latchwork/shared/link-template';
import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import type { LinkOut, Span } from '../../../drawer/links-out.ts';
import { TAP_ALL } from '../../../live/tap-narrow.ts';
import { type Place, toView } from '../../../location/place.ts';
import type { MenuCopy, MenuLink } from '../../../ui/menu-item.ts';
import { toggleFold } from '../toggle-fold.ts';

export interface MenuFacts {
  place: Place;
  nodes: readonly Node[];
  isLarge: boolean;
  foldedByItself: ReadonlySet<string>;
  /** Whether requests can be tapped here at all. */
  canTap: boolean;
  templates: readonly LinkTemplate[];
  span: Span;
  hrefOf: (change: Partial<Place>) => string;
}

/** All that leads to one end, and all that the other leads to: what the filter of the graph finds. */
export function reachLinks(first: string, last: string, { hrefOf }: MenuFacts): MenuLink[] {
  const lit = (filter: string) => hrefOf({ filter, found: 'light', find: 'open', selected: null });
  return [
    { label: 'Callers, all hops', icon: 'downward', href: lit(`upstream:${filterName(first)}`) },
    { label: 'Callees, all hops', icon: 'up', href: lit(`downstream:${filterName(last)}`) },
  ];
}

/** Half of an expression: the field lists where the path may end. */
export function pathLink(id: string, { hrefOf }: MenuFacts): MenuLink {
  const filter = `downstream:${filterName(id)} upstream:`;
  return {
    label: 'Path from here…',
    icon: 'right',
    href: hrefOf({ filter, found: 'light', find: 'open', selected: null }),
  };
}

export function foldLink(box: string, { place, hrefOf, isLarge, foldedByItself }: MenuFacts): MenuLink {
  return isLarge
    ? { label: 'Back to the map', icon: 'fold', href: hrefOf({ focus: null, trail: [], selected: null }) }
    : {
        label: `Fold ${box}`,
        icon: 'fold',
        href: hrefOf(toggleFold(place, box, foldedByItself)),
      };
}

export function onlyLink(namespace: string, { hrefOf }: MenuFacts): MenuLink {
  return {
    label: `Only ${namespace}`,
    icon: 'filter',
    href: hrefOf({ namespaces: [namespace], focus: null, trail: [] }),
  };
}

export function tapLink(target: string, { place, hrefOf }: MenuFacts, ask = ''): MenuLink {
  const href = hrefOf({ ...toView(place, 'live'), target, ask, tap: TAP_ALL, selected: null });
  return { label: 'Tap it', icon: 'live', href };
}

export function outLinks(links: readonly LinkOut[]): MenuLink[] {
  return links.map(({ name, href }) => ({ label: name, icon: 'export', href, isOut: true }));
}

export function copiesOf(id: string, { place }: MenuFacts): MenuCopy[] {
  const name = copyOf('Copy its name', nameOf(id));
  const parts = parseNodeId(id);
  if (parts?.type !== 'workload' || !vizKnows(parts.kind)) return [name];
  const scope = { ...place, namespaces: [parts.namespace] };
  return [name, copyOf('Copy the viz command', vizCommand(`stat ${parts.kind}/${parts.name}`, scope))];
}

export function copiesOfEdge(source: string, target: string, { place }: MenuFacts): MenuCopy[] {
  const name = copyOf('Copy its name', `${nameOf(source)} → ${nameOf(target)}`);
  const [from, to] = [parseNodeId(source), parseNodeId(target)];
  if (from?.type !== 'workload' || to?.type !== 'workload') return [name];
  if (!vizKnows(from.kind) || !vizKnows(to.kind)) return [name];
  const command = vizCommand(
    `stat ${from.kind}/${from.name}`,
    { ...place, namespaces: [from.namespace] },
    `--to ${to.kind}/${to.name} --to-namespace ${to.namespace}`,
  );
  return [name, copyOf('Copy the viz command', command)];
}

export function copyOf(label: string, text: string): MenuCopy {
  return { label, icon: 'copy', copy: () => text };
}

function nameOf(id: string): string {
  const { name, namespace } = peerName(id);
  return namespace === null ? name : `${namespace}/${name}`;
}

function filterName(id: string): string {
  const name = nameOf(id);
  return /[\s,]/.test(name) ? `"${name}"` : name;
}
