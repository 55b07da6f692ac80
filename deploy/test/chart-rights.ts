// The rights that the chart grants, as a table to compare: one line for each API group. Pure.

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** `group | resources | verbs`, sorted within; the core group is called `core`. */
export function rightsTable(rules: readonly Rule[]): string[] {
  return rules.flatMap(({ apiGroups, resources, verbs, resourceNames }) =>
    apiGroups.map((group) => {
      const names = resourceNames ? ` named ${resourceNames.toSorted().join(', ')}` : '';
      return `${group || 'core'} | ${resources.toSorted().join(', ')}${names} | ${verbs.toSorted().join(', ')}`;
    }),
  );
}
