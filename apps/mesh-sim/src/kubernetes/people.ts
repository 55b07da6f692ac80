// Whom the simulated cluster knows besides the one identity that reads it: people and groups, each with namespaces of theirs.

import type { Attributes } from './rights.ts';

/** `pod-reader` lists pods, `tapper` watches requests as well. */
export const PERSON_ROLES = ['pod-reader', 'tapper'] as const;
export type PersonRole = (typeof PERSON_ROLES)[number];

interface Binding {
  /** `jane`, or `group:platform`. */
  readonly who: string;
  readonly role: PersonRole;
  /** Null: all of them. */
  readonly namespace: string | null;
}

export class People {
  #bindings: readonly Binding[] = [];

  get bindings(): readonly Binding[] {
    return this.#bindings;
  }

  bind(binding: Binding): void {
    this.#bindings = [...this.#bindings, binding];
  }

  reset(): void {
    this.#bindings = [];
  }

  isAllowed(
    { user, groups }: { readonly user: string; readonly groups: readonly string[] },
    { verb, group, resource, namespace }: Attributes,
  ): boolean {
    const names = [user, ...groups.map((each) => `group:${each}`)];
    return this.#bindings.some(
      (binding) =>
        names.includes(binding.who) &&
        (binding.namespace === null || binding.namespace === namespace) &&
        ((group === '' && resource === 'pods' && ['get', 'list', 'watch'].includes(verb)) ||
          (binding.role === 'tapper' && group === 'tap.linkerd.io' && verb === 'watch')),
    );
  }
}
