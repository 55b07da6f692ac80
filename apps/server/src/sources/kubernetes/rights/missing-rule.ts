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

/** One line of YAML for the rules of a Role or ClusterRole. */
export function ruleLine({ verb, group, resource }: AccessRule): string {
  return `{apiGroups: ["${group}"], resources: ["${resource}"], verbs: ["${verb}"]}`;
}
