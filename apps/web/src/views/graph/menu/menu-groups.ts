// What can be done with a card, a line or a box of the picture: what the drawer, the keys and the filter do, gathered. Pure.

import { vizOfKinds } from '@latchwork/figures/viz-command';
import { spokenBox } from '@latchwork/graph/scene/box-of';
import { isRest } from '@latchwork/graph/scene/rest';
import { edgeLinks, workloadLinks } from '../../../drawer/links-out.ts';
import { NO_ASK, tapAskText } from '../../../live/tap-ask.ts';
import { toView } from '../../../location/place.ts';
import type { MenuGroup, MenuItem, MenuLink } from '../../../ui/menu-item.ts';
import { focusChange } from '../focus-change.ts';
import {
  copiesOf,
  copiesOfEdge,
  copyOf,
  foldLink,
  type MenuFacts,
  onlyLink,
  outLinks,
  pathLink,
  reachLinks,
  tapLink,
} from './menu-lines.ts';
import type { BoxThing, CardThing, LineThing, MenuThing } from './menu-thing.ts';

/** Without groups that have nothing in them. */
export function menuGroups(thing: MenuThing, facts: MenuFacts): MenuGroup[] {
  return allGroups(thing, facts).filter(({ items }) => items.length > 0);
}

function allGroups(thing: MenuThing, facts: MenuFacts): MenuGroup[] {
  switch (thing.kind) {
    case 'card':
      return thing.isFolded
        ? [ofFolded(thing, facts), ...(thing.box ? ofBox(thing.box, facts) : [])]
        : ofCard(thing, facts);
    case 'line':
      return ofLine(thing, facts);
    case 'box':
      return [
        {
          label: thing.by === undefined ? thing.box : boxName(thing),
          items: ofGroup(thing, facts),
        },
        ...ofBox(thing, facts),
      ];
  }
}

function ofCard(card: CardThing, facts: MenuFacts): MenuGroup[] {
  const { place, hrefOf, canTap, templates, span } = facts;
  const { node, box, namespace, label } = card;
  const workload = node?.type === 'workload' ? node : null;
  const own: MenuItem[] = [
    { label: 'Open', icon: 'list', key: 'Enter', href: hrefOf({ selected: card.selection }) },
    ...(isRest(card.id) ? [] : [neighbourhoodLink(card.focus, facts)]),
    ...(node ? reachLinks(node.id, node.id, facts) : []),
    ...(node ? [pathLink(node.id, facts)] : []),
    {
      label: 'Hide',
      icon: 'eye',
      key: 'h',
      href: hrefOf({ hidden: [...place.hidden, card.id], selected: null }),
    },
  ];
  const elsewhere: MenuItem[] = workload
    ? [
        ...(canTap && workload.meshed !== false ? [tapLink(workload.id, facts)] : []),
        {
          label: 'In Workloads',
          icon: 'workloads',
          href: hrefOf({ ...toView(place, 'workloads'), selected: workload.id }),
        },
        ...outLinks(workloadLinks(templates, workload.id, span)),
      ]
    : [];
  return [
    { label, items: own },
    { label: 'Elsewhere', items: elsewhere },
    ...(box === null ? [] : ofHome(box, namespace, facts)),
    { label: 'To the clipboard', items: node ? copiesOf(node.id, facts) : [] },
  ];
}

function neighbourhoodLink(focus: string, { place, hrefOf, isLarge }: MenuFacts): MenuLink {
  return {
    label: place.focus === focus && !isLarge ? 'Show all again' : 'Its neighbourhood alone',
    icon: 'target',
    key: 'f',
    href: hrefOf(focusChange(place, focus, isLarge)),
  };
}

function ofFolded({ label, selection, focus, id, isMap }: CardThing, facts: MenuFacts): MenuGroup {
  const { place, hrefOf, isLarge } = facts;
  const opening: MenuLink = isLarge
    ? { label: 'Open', icon: 'fit', href: hrefOf(focusChange(place, focus, true)) }
    : { ...foldLink(focus.replace('folded:', ''), facts), label: 'Unfold' };
  return {
    label,
    items: [
      opening,
      { label: 'About it', icon: 'list', href: hrefOf({ selected: selection }) },
      ...(isMap
        ? []
        : [
            {
              label: 'Hide',
              icon: 'eye',
              key: 'h',
              href: hrefOf({ hidden: [...place.hidden, id], selected: null }),
            } as const,
          ]),
    ],
  };
}

function ofLine({ selection, from, to, edge }: LineThing, facts: MenuFacts): MenuGroup[] {
  const { nodes, hrefOf, canTap, templates, span } = facts;
  const node = (id: string | undefined) => nodes.find((one) => one.id === id) ?? null;
  const [source, target] = [node(edge?.source), node(edge?.target)];
  const isOfOneName = from.label === to.label;
  const tapped = [source, target].find((one) => one?.type === 'workload' && one.meshed !== false);
  const ask =
    tapped === source && target?.type === 'workload' ? tapAskText({ ...NO_ASK, to: target.id }) : '';
  return [
    {
      label: `${from.label} to ${to.label}`,
      items: [
        { label: 'Open', icon: 'list', key: 'Enter', href: hrefOf({ selected: selection }) },
        openEnd(isOfOneName ? `the calling ${from.label}` : from.label, from.selection, facts),
        ...(from.selection === to.selection
          ? []
          : [openEnd(isOfOneName ? `the called ${to.label}` : to.label, to.selection, facts)]),
        ...(edge ? reachLinks(edge.source, edge.target, facts) : []),
      ],
    },
    {
      label: 'Elsewhere',
      items: edge
        ? [
            ...(canTap && tapped ? [tapLink(tapped.id, facts, ask)] : []),
            ...outLinks(edgeLinks(templates, edge, span)),
          ]
        : [],
    },
    { label: 'To the clipboard', items: edge ? copiesOfEdge(edge.source, edge.target, facts) : [] },
  ];
}

function openEnd(name: string, selected: string, { hrefOf }: MenuFacts): MenuLink {
  return { label: `Open ${name}`, icon: 'list', href: hrefOf({ selected }) };
}

/** What a card is in: its namespace, and a group beside it. */
function ofHome(box: BoxThing, namespace: string | null, facts: MenuFacts): MenuGroup[] {
  if (box.by === undefined)
    return [{ label: boxName(box), items: [onlyLink(box.box, facts), foldLink(box.box, facts)] }];
  return [
    ...(namespace === null ? [] : [{ label: `Namespace ${namespace}`, items: [onlyLink(namespace, facts)] }]),
    { label: boxName(box), items: ofGroup(box, facts) },
  ];
}

/** A namespace alone is another graph; a group alone is this one, with whom it talks to. */
function ofGroup({ box, by }: BoxThing, facts: MenuFacts): MenuLink[] {
  const { place, hrefOf, isLarge } = facts;
  const fold = foldLink(box, facts);
  if (by === undefined || isLarge) return [fold];
  const label = place.focus === box ? 'Show all again' : 'Its neighbourhood alone';
  return [{ label, icon: 'target', href: hrefOf(focusChange(place, box, false)) }, fold];
}

/** "Namespace shop", "team payments". */
export function boxName({ box, by }: BoxThing): string {
  return by === undefined ? `Namespace ${box}` : spokenBox({ by, box });
}

/** Of a label's value nothing else on the page knows. */
function ofBox({ box, by }: BoxThing, facts: MenuFacts): MenuGroup[] {
  if (by !== undefined) return [{ label: 'To the clipboard', items: [copyOf('Copy its name', box)] }];
  return ofNamespace(box, facts);
}

function ofNamespace(namespace: string, facts: MenuFacts): MenuGroup[] {
  const { place, nodes, hrefOf, canTap } = facts;
  const kinds = nodes.flatMap((node) =>
    node.type === 'workload' && node.namespace === namespace ? [node.kind] : [],
  );
  return [
    {
      label: 'Elsewhere',
      items: [
        onlyLink(namespace, facts),
        ...(canTap ? [tapLink(namespace, facts)] : []),
        {
          label: 'In Workloads',
          icon: 'workloads',
          href: hrefOf({ ...toView(place, 'workloads'), namespaces: [namespace] }),
        },
      ],
    },
    {
      label: 'To the clipboard',
      items: [
        copyOf('Copy its name', namespace),
        copyOf('Copy the viz command', vizOfKinds('stat', kinds, { ...place, namespaces: [namespace] })),
      ],
    },
  ];
}
