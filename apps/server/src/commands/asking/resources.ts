// What linkerd viz takes as TYPE, TYPE NAME and TYPE/NAME: kinds by all their names. Pure.

/** Kinds that own pods, as `all` has them. */
export const WORKLOAD_KINDS = [
  ...['deployment', 'statefulset', 'daemonset', 'job', 'cronjob', 'replicaset', 'replicationcontroller'],
  ...['pod', 'externalworkload', 'rollout'],
] as const;

const SHORT: Readonly<Record<string, string>> = {
  cj: 'cronjob',
  deploy: 'deployment',
  ap: 'authorizationpolicy',
  authzpolicy: 'authorizationpolicy',
  ds: 'daemonset',
  ew: 'externalworkload',
  job: 'job',
  ns: 'namespace',
  po: 'pod',
  rc: 'replicationcontroller',
  ro: 'rollout',
  rs: 'replicaset',
  saz: 'serverauthorization',
  serverauthz: 'serverauthorization',
  srv: 'server',
  sts: 'statefulset',
  svc: 'service',
};

export interface Resource {
  /** As ids have it; `all` is every kind that owns pods. */
  readonly kind: string;
  /** Null: all of the kind. */
  readonly name: string | null;
}

/** Throws for a kind that is not among `kinds`, and for words that viz would not take either. */
export function resourcesOf(words: readonly string[], kinds: readonly string[]): Resource[] {
  const [first, second, ...more] = words;
  if (first === undefined) return [];
  const isPair =
    second !== undefined && !first.includes('/') && !second.includes('/') && !isKind(second, kinds);
  if (isPair) {
    if (more.length > 0)
      throw new Error(`"${more.join(' ')}" is too much: several are written as ${first}/NAME`);
    return [{ kind: kindOf(first, kinds), name: second }];
  }
  const resources = words.map((word) => resourceOf(word, kinds));
  if (resources.length > 1 && resources.some(({ kind }) => kind === 'all'))
    throw new Error("'all' is everything already: leave the others out");
  return resources;
}

export function resourceOf(word: string, kinds: readonly string[]): Resource {
  const [kind = '', name, ...more] = word.split('/');
  if (name === '' || more.length > 0) throw new Error(`"${word}" is no resource: write TYPE or TYPE/NAME`);
  return { kind: kindOf(kind, kinds), name: name ?? null };
}

function isKind(word: string, kinds: readonly string[]): boolean {
  return kinds.includes(known(word)) || word === 'all';
}

function kindOf(word: string, kinds: readonly string[]): string {
  const kind = known(word);
  if (kinds.includes(kind)) return kind;
  throw new Error(`"${word}" is no kind of resource here: use one of ${kinds.join(', ')}`);
}

/** `deploy`, `deployment` and `deployments` are one. */
function known(word: string): string {
  const lower = word.toLowerCase();
  for (const each of [lower, lower.replace(/ies$/, 'y'), lower.replace(/s$/, '')])
    if (SHORT[each] !== undefined) return SHORT[each];
  return lower.replace(/ies$/, 'y').replace(/s$/, '');
}

export function matches(
  resources: readonly Resource[],
  { kind, name }: Readonly<Record<'kind' | 'name', string>>,
) {
  return (
    resources.length === 0 ||
    resources.some((each) => (each.kind === 'all' || each.kind === kind) && (each.name ?? name) === name)
  );
}
