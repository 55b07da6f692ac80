// Why a route shows nothing, or splits its requests otherwise than it says: the causes that can be known, one for each route.

import { parseNodeId } from '@latchwork/shared/node-id';
import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../findings/finding.ts';
import type { RouteRow } from './route-row.ts';
import type { Routing } from './routing.ts';

/** Null when there is nothing to say. `all`: the other routes, some of which may take its requests. */
export function routeFinding(
  row: RouteRow,
  all: readonly RouteRow[],
  routing: Routing | null | undefined,
): Finding | null {
  const { key, missingBackends } = row;
  const [namespace = '', kind = '', name = ''] = key.parent.split('/');
  const parent = `${kind === 'service' ? 'Service' : kind} ${name}`;
  const where = key.parent;
  if (missingBackends.size > 0)
    return toFinding({
      code: 'route-backend-missing',
      severity: 'bad',
      where,
      what: `${key.kind} ${key.name} sends requests to a Service that is not there`,
      evidence: `No Service ${[...missingBackends].map(shortTarget).join(', ')} exists: its share of the requests ${row.byAnswers ? 'reaches nobody' : 'is answered with 500'}.`,
      remedy: 'Correct the name and the namespace of the backend, or create the Service.',
      command: `kubectl get services --all-namespaces | grep ${[...missingBackends][0]?.split('/').at(-1)}`,
    });
  if (row.isMerged)
    return toFinding({
      code: 'route-names-shared',
      where,
      what: 'Counted by what its endpoints answered',
      evidence: `There are Services ${name} in several namespaces, and a caller of more than one of them counts them as one.`,
      remedy:
        'Latencies and timeouts are on the edges of its callers; Services with names of their own are counted apart.',
    });
  if (row.isAllZero)
    return toFinding({
      code: 'route-weights-zero',
      severity: 'bad',
      where,
      what: `${key.kind} ${key.name} gives all its backends weight 0`,
      evidence: 'Nobody is there to answer: what matches it is answered with 500.',
      remedy: 'Give at least one backend a weight.',
    });
  if (row.tally.rps > 0 || row.refusedRps > 0) return namesakeFinding(row, all);
  if (row.refusal !== null)
    return toFinding({
      code: 'route-not-accepted',
      severity: 'warn',
      where,
      what: `Linkerd does not accept ${key.kind} ${key.name}`,
      evidence: `Its policy controller says: ${row.refusal}.`,
      remedy: 'Correct what it names; the status of the route says when it is accepted.',
      command: `kubectl -n ${key.namespace} get ${key.kind.toLowerCase()} ${key.name} -o yaml`,
    });
  if (kind !== 'service' && kind !== 'server' && kind !== 'egressnetwork')
    return toFinding({
      code: 'route-of-gateway',
      where,
      what: 'Counted by no proxy of Linkerd',
      evidence: `${key.kind} ${key.name} belongs to ${kind === 'gateway' ? 'a Gateway' : `a ${kind}`}: what reads that sends its requests on, and they are counted there.`,
      remedy: 'Look at the ingress behind it; requests that it sends into the mesh are on its own edges.',
    });
  if (kind === 'service' && routing?.services?.has(key.parent) === false)
    return toFinding({
      code: 'route-parent-missing',
      severity: 'warn',
      where,
      what: `There is no Service ${name} in ${namespace}`,
      evidence: `${key.kind} ${key.name} names it as its parent.`,
      remedy: 'Correct the name or the namespace of the parent.',
      command: `kubectl get services --namespace ${namespace}`,
    });
  if (key.kind === 'TrafficSplit') return splitFinding(row, all);
  if (kind === 'server')
    return toFinding({
      code: 'route-of-server',
      where,
      what: 'Counted where requests arrive, not by their callers',
      evidence: `Server ${name} belongs to pods: what its routes let in and refuse is in their own proxies' metrics.`,
      remedy: 'Open the workload behind it: its drawer has what was served and refused.',
    });
  if (row.isTcp && row.isKnownToCallers)
    return toFinding({
      code: 'route-connections-open',
      where,
      what: 'No connection that took it ended in the window',
      evidence:
        'Connections are counted by route when they end: those that stay open are on the edges of their callers.',
      remedy: 'A longer window shows connections that end rarely.',
    });
  const older = olderTwin(row, all);
  if (older !== null)
    return toFinding({
      code: 'route-shadowed',
      severity: 'warn',
      where,
      what: `${older.key.kind} ${older.key.name} matches the same and is older`,
      evidence:
        'Of two routes with equal matches the one that was made first takes the requests; of one age, the first by name.',
      remedy: 'Let them match different things, or delete one of them.',
    });
  if (kind === 'service' && key.kind !== 'default' && row.namespace !== namespace)
    return toFinding({
      code: 'route-of-consumer',
      where,
      what: `No caller of ${row.namespace} took it`,
      evidence: `A route of another namespace than its parent's holds for callers of its own namespace alone: those of ${row.namespace} that call ${parent} in ${namespace}.`,
      remedy: 'Look for callers there; for all callers, make the route in the namespace of its parent.',
    });
  const siblings = all.filter((other) => other !== row && other.key.parent === key.parent);
  const taking = siblings.filter((other) => other.tally.rps > 0);
  if (key.kind !== 'ServiceProfile' && taking.some((other) => other.key.kind === 'ServiceProfile'))
    return toFinding({
      code: 'route-overridden-by-profile',
      severity: 'warn',
      where,
      what: `A ServiceProfile of ${parent} takes its requests`,
      evidence: `With a ServiceProfile that has routes, ${key.kind}s of the same Service do not count.`,
      remedy: 'Keep one of the two: delete the ServiceProfile once the routes say all that it said.',
      command: `kubectl get serviceprofiles --all-namespaces | grep ${name}`,
    });
  if (taking.length > 0)
    return toFinding({
      code: 'route-not-matched',
      where,
      what: 'No request of the window matched it',
      evidence: `${parent} was called: its requests took ${taking
        .map(({ key: { kind: taker, name: named } }) => (taker === 'default' ? 'no route' : named))
        .slice(0, 3)
        .join(', ')}.`,
      remedy: 'Compare what it matches with what is called; a longer window shows rare calls.',
    });
  return toFinding({
    code: 'route-parent-not-called',
    where,
    what: `No meshed caller called ${parent}`,
    evidence: 'Routes are counted by the callers’ proxies, and by the name of the Service that they call.',
    remedy: 'Look for callers without a proxy, callers that use pod addresses, or a longer window.',
  });
}

/**
 * A proxy tells parents and routes apart by group, kind and name, and not by namespace: who takes both of these counts them
 * under the one that it met first.
 */
function namesakeFinding({ key }: RouteRow, all: readonly RouteRow[]): Finding | null {
  const nameOf = (id: string) => id.slice(id.lastIndexOf('/') + 1);
  if (key.kind === 'default' || key.kind === 'ServiceProfile') return null;
  const other = all.find(
    (one) =>
      one.key.parent !== key.parent &&
      one.key.kind === key.kind &&
      one.key.name === key.name &&
      nameOf(one.key.parent) === nameOf(key.parent),
  );
  if (!other) return null;
  return toFinding({
    code: 'route-names-shared',
    where: key.parent,
    what: `A caller of both routes ${key.name} counts them as one`,
    evidence: `There is a ${key.kind} ${key.name} of a Service ${nameOf(key.parent)} in ${other.namespace}, too: a proxy tells them apart by their names alone.`,
    remedy: 'Give them names of their own, where the same workload calls both.',
  });
}

/** Another route for the same callers that matches all that this one does. */
function olderTwin(row: RouteRow, all: readonly RouteRow[]): RouteRow | null {
  const { key, matches, createdAt } = row;
  if (matches === null || matches.length === 0 || createdAt === null) return null;
  return (
    all.find((other) => {
      const isComparable = other !== row && other.key.parent === key.parent && other.key.kind === key.kind;
      if (!isComparable || other.key.namespace !== key.namespace || other.createdAt === null) return false;
      if (!matches.every((match) => other.matches?.includes(match))) return false;
      return other.createdAt < createdAt || (other.createdAt === createdAt && other.key.name < key.name);
    }) ?? null
  );
}

/** Linkerd itself stopped reading TrafficSplits with 2.12 (https://linkerd.io/2.12/tasks/linkerd-smi/). */
function splitFinding({ key, backends }: RouteRow, all: readonly RouteRow[]): Finding {
  const where = key.parent;
  const isCarriedOut = all.some(
    (other) => other.key.kind === 'ServiceProfile' && other.key.parent === key.parent && other.byAnswers,
  );
  if (isCarriedOut)
    return toFinding({
      code: 'split-by-profile',
      where,
      what: 'A ServiceProfile carries it out, and has its traffic',
      evidence:
        'The SMI extension writes the weights of a TrafficSplit into the ServiceProfile of its Service.',
      remedy: 'Read its rate and success at the ServiceProfile.',
    });
  const isAnswered = [...backends.values()].filter(({ tally }) => tally.rps > 0).length > 1;
  return toFinding({
    code: 'split-not-read',
    severity: isAnswered ? 'info' : 'warn',
    where,
    what: 'No ServiceProfile carries it out',
    evidence: `Linkerd 2.12 and later read no TrafficSplit: its SMI extension makes a ServiceProfile of each. ${
      isAnswered
        ? 'Its backends answer requests all the same, whoever asks them.'
        : 'Its backends were not asked both.'
    }`,
    remedy: 'Install the SMI extension, or write an HTTPRoute with the same weights.',
    command: `kubectl -n ${key.namespace} get trafficsplits ${key.name} -o yaml`,
  });
}

function shortTarget(target: string): string {
  const named = parseNodeId(target);
  return named && 'namespace' in named && 'name' in named ? `${named.name} in ${named.namespace}` : target;
}
