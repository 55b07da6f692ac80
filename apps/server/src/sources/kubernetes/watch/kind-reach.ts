// One kind of object as far as the identity may see it: the whole cluster, or else those of the known namespaces that may be
// listed. The whole cluster is asked again now and then, and is taken as soon as it may be.

import type { AccessRule } from '../rights/missing-rule.ts';
import type { KindPart } from './state.ts';
import { createWatch, type Watch, type WatchOptions } from './watch.ts';

export interface KindReach<T> extends Watch<T> {
  /** Looks again at which namespaces are known. */
  reconsider(): void;
}

export interface KindReachOptions<T> extends Omit<WatchOptions<T>, 'namespace'> {
  /** Asked when the whole cluster is refused. */
  readonly namespaces: () => readonly string[];
}

type Scoped<T> = ReadonlyMap<string, Watch<T>>;

export function createKindReach<T>({ namespaces, ...options }: KindReachOptions<T>): KindReach<T> {
  const { onChange } = options;
  const scoped = new Map<string, Watch<T>>();
  let isStopped = false;
  const wide: Watch<T> = createWatch({ ...options, onChange: widen });

  function widen(): void {
    reconsider();
    onChange();
  }

  function reconsider(): void {
    if (isStopped) return;
    if (wide.part().state !== 'denied') {
      release();
      return;
    }
    const known = namespaces();
    for (const [namespace, watch] of scoped) {
      if (known.includes(namespace)) continue;
      watch.stop();
      scoped.delete(namespace);
    }
    for (const namespace of known)
      if (!scoped.has(namespace)) scoped.set(namespace, createWatch({ ...options, namespace, onChange }));
  }

  function release(): void {
    // Trouble of the moment takes nothing away that is known.
    if (!['fresh', 'absent'].includes(wide.part().state)) return;
    for (const watch of scoped.values()) watch.stop();
    scoped.clear();
  }

  return {
    objects: () =>
      scoped.size === 0 ? wide.objects() : [...scoped.values()].flatMap((watch) => watch.objects()),
    part: () => (scoped.size === 0 ? wide.part() : joined(wide.part(), scoped)),
    reconsider,
    nudge() {
      wide.nudge();
      for (const watch of scoped.values()) watch.nudge();
    },
    stop() {
      isStopped = true;
      wide.stop();
      for (const watch of scoped.values()) watch.stop();
    },
  };
}

const WORST_FIRST: readonly KindPart['state'][] = ['failed', 'stale', 'fresh', 'absent'];

/** Of those namespaces that answer; without any, what the whole cluster says. */
function joined<T>(wide: KindPart, scoped: Scoped<T>): KindPart {
  const parts = [...scoped].map(([namespace, watch]) => ({ namespace, part: watch.part() }));
  const seen = parts.filter(({ part }) => part.state !== 'denied' && part.state !== 'waiting');
  if (seen.length === 0)
    return parts.some(({ part }) => part.state === 'waiting') ? { ...wide, state: 'waiting' } : wide;
  const worst = seen.toSorted(
    (a, b) => WORST_FIRST.indexOf(a.part.state) - WORST_FIRST.indexOf(b.part.state),
  )[0]?.part;
  const missing = seen.flatMap(({ part }): readonly AccessRule[] => part.missing ?? []);
  return {
    ...(worst ?? wide),
    namespaces: seen.map(({ namespace }) => namespace).sort(),
    ...(missing.length > 0 ? { missing } : {}),
  };
}
