// What the one identity of the simulated cluster may do: read everything but Secrets, until rights are taken away one by one.

import { RESOURCES } from './resources.ts';

/** What one request asks to be allowed. */
export interface Attributes {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  /** With its subresource: `pods/portforward`. */
  readonly resource: string;
  /** Null: the whole cluster. */
  readonly namespace: string | null;
  readonly name: string | null;
}

/** What was taken away; null is any. */
export interface Denial {
  readonly resource: string;
  readonly group: string | null;
  readonly verb: string | null;
  readonly namespace: string | null;
}

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

export const TAP_GROUP = 'tap.linkerd.io';

function granted(): Rule[] {
  const readable = Map.groupBy(RESOURCES, ({ group }) => group);
  return [
    ...[...readable].map(([group, resources]) => ({
      verbs: ['get', 'list', 'watch'],
      apiGroups: [group],
      resources: resources.map(({ name }) => name),
    })),
    { verbs: ['get', 'create'], apiGroups: [''], resources: ['pods/portforward'] },
    {
      verbs: ['create'],
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'subjectaccessreviews'],
    },
    { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
    { verbs: ['watch'], apiGroups: [TAP_GROUP], resources: ['*'] },
  ];
}

function has(list: readonly string[], one: string): boolean {
  return list.includes('*') || list.includes(one);
}

export class Rights {
  readonly #granted = granted();
  #denials: readonly Denial[] = [];

  get denials(): readonly Denial[] {
    return this.#denials;
  }

  deny(denial: Denial): void {
    this.#denials = [...this.#denials.filter((one) => !isSame(one, denial)), denial];
  }

  /** Gives back what was taken away under this name; `*` is everything. */
  allow({ resource, group, verb, namespace }: Denial): void {
    this.#denials = this.#denials.filter(
      (one) =>
        !(
          (resource === '*' || one.resource === resource) &&
          (group === null || one.group === group) &&
          (verb === null || one.verb === verb) &&
          (namespace === null || one.namespace === namespace)
        ),
    );
  }

  isAllowed(attributes: Attributes): boolean {
    const { verb, group, resource } = attributes;
    return (
      this.#granted.some(
        (rule) => has(rule.verbs, verb) && has(rule.apiGroups, group) && has(rule.resources, resource),
      ) && !this.#denials.some((denial) => covers(denial, attributes))
    );
  }

  /** As a review of rules lists them: what is left. Denials for one namespace are left out, as rules cannot say them. */
  rules(): Rule[] {
    const wide = this.#denials.filter(({ namespace }) => namespace === null);
    const single = this.#granted.flatMap(({ verbs, apiGroups, resources }) =>
      apiGroups.flatMap((group) =>
        resources.map((resource) => ({
          verbs: verbs.filter(
            (verb) =>
              !wide.some((denial) => covers(denial, { verb, group, resource, namespace: null, name: null })),
          ),
          apiGroups: [group],
          resources: [resource],
        })),
      ),
    );
    return single.filter(({ verbs }) => verbs.length > 0);
  }
}

function isSame(a: Denial, b: Denial): boolean {
  return a.resource === b.resource && a.group === b.group && a.verb === b.verb && a.namespace === b.namespace;
}

function covers({ resource, group, verb, namespace }: Denial, attributes: Attributes): boolean {
  return (
    (resource === '*' || resource === attributes.resource) &&
    (group === null || group === attributes.group) &&
    (verb === null || verb === attributes.verb) &&
    (namespace === null || namespace === attributes.namespace)
  );
}
