// A right that is missing, in words and as the rule that would grant it.

export interface AccessRule {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  /** With its subresource: `pods/portforward`. */
  readonly resource: string;
  /** Null: the whole cluster. */
  readonly namespace: string | null;
  /** Null: every object. */
  readonly name: string | null;
}

export function rulePhrase({ verb, group, resource, namespace, name }: AccessRule): string {
  const what = group === '' ? resource : `${resource}.${group}`;
  const which = name === null ? '' : ` "${name}"`;
  return `${verb} ${what}${which} ${namespace === null ? 'in the whole cluster' : `in namespace ${namespace}`}`;
}

/** Of rules that differ in their verbs alone: one phrase. */
export function rulesPhrase(rules: readonly AccessRule[]): string {
  const [first] = rules;
  return first ? rulePhrase({ ...first, verb: rules.map(({ verb }) => verb).join(' and ') }) : '';
}

/** One line of YAML for the rules of a Role or ClusterRole; the rules differ in their verbs alone. */
export function ruleLine(rules: readonly AccessRule[]): string {
  const [first] = rules;
  const verbs = rules.map(({ verb }) => `"${verb}"`).join(', ');
  return `{apiGroups: ["${first?.group ?? ''}"], resources: ["${first?.resource ?? ''}"], verbs: [${verbs}]}`;
}
