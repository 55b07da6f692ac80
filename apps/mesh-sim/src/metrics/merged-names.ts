// A proxy tells parents, routes and backends apart by group, kind and name, not by namespace or port: of two
// Services with one name it prints the labels of the one that it met first, for both.

interface Named {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

export class MergedNames {
  readonly #first = new Map<string, Named>();

  first<T extends Named>(role: 'parent' | 'route' | 'backend', ref: T): T {
    const key = `${role} ${ref.group} ${ref.kind} ${ref.name}`;
    const known = this.#first.get(key);
    if (known) return known as T;
    this.#first.set(key, ref);
    return ref;
  }
}
