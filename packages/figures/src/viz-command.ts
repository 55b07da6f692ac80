// The command of Linkerd's own program that shows the same table. Pure.

export interface CommandScope {
  namespaces: readonly string[];
  /** A Prometheus duration, such as `1m`. */
  window: string;
}

/** `verb` with its resource, such as `stat deploy`: one line for each namespace, as it takes one at a time. */
export function vizCommand(verb: string, { namespaces, window }: CommandScope, flags = ''): string {
  const more = `${verb.startsWith('edges') ? '' : ` -t ${window}`}${flags === '' ? '' : ` ${flags}`}`;
  const where = namespaces.length === 0 ? [' -A'] : namespaces.map((name) => ` -n ${name}`);
  return where.map((each) => `linkerd viz ${verb}${each}${more}`).join('\n');
}

/** Kinds that Linkerd's own program knows, in the order of its help, with the words that it takes for them. */
const VIZ_KINDS: readonly (readonly [kind: string, word: string])[] = [
  ['deployment', 'deploy'],
  ['statefulset', 'sts'],
  ['daemonset', 'ds'],
  ['cronjob', 'cj'],
  ['job', 'job'],
  ['replicaset', 'rs'],
  ['replicationcontroller', 'rc'],
  ['pod', 'po'],
];

export function vizKnows(kind: string): boolean {
  return VIZ_KINDS.some(([known]) => known === kind);
}

/** It takes one kind at a time: `verb` for each of `kinds` that it knows, as a Deployment where it knows none. */
export function vizOfKinds(verb: string, kinds: Iterable<string>, scope: CommandScope): string {
  const present = new Set(kinds);
  const words = VIZ_KINDS.flatMap(([kind, word]) => (present.has(kind) ? [word] : []));
  return (words.length > 0 ? words : ['deploy'])
    .map((word) => vizCommand(`${verb} ${word}`, scope))
    .join('\n');
}

/** Of verbs that take no `-A`: namespaces themselves are the resource. */
export function vizOfNamespaces(verb: string, { namespaces, window }: CommandScope): string {
  const names = namespaces.length === 0 ? ['NAMESPACE'] : namespaces;
  return names.map((name) => `linkerd viz ${verb} ns/${name} -t ${window}`).join('\n');
}
