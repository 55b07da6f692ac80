// Which labels a store has under other names, or lacks: read from the answers to the survey. Pure.

import type { LabelAlias, LabelScheme } from '../../sources/prometheus/label-scheme.ts';
import { DOTTED_NAMES, OTHER_NAMES } from '../../sources/prometheus/questions/survey.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';

/** A label and the name that it stands under. */
export type Renamed = Pick<LabelAlias, 'label' | 'from'>;

/** A label of which some series keep the proxy's own word under `from`, and whose they are. */
export interface Pushed extends Renamed {
  readonly pods: number;
  /** Some of them, as `namespace/pod`. */
  readonly named: readonly string[];
  /** No series has it otherwise, so that it can be asked for. */
  readonly everywhere: boolean;
}

export interface StoredLabels {
  readonly pushed: readonly Pushed[];
  /** Names of another scheme that are read instead. */
  readonly other: readonly Pushed[];
  /** Series of responses that lack a label where they should have it, and series that have it. */
  readonly lacks: ReadonlyMap<string, number>;
  readonly has: ReadonlyMap<string, number>;
}

/**
 * What collectors of all kinds call a label, as far as its name tells (`podNamespace`, `k8s.ns`); at last what the injector
 * says of where a pod runs.
 */
const TELLING: readonly (readonly [label: string, name: RegExp])[] = [
  ['namespace', /(^|[_.])(namespace|ns)([_.]?name)?$|Namespace(Name)?$/],
  ['namespace', /^workload_ns$/],
  ['pod', /(^|[_.])pod([_.]?name)?$|^podName$|[a-z]Pod(Name)?$/],
  ['deployment', /(^|[_.])deployment([_.]?name)?$|Deployment(Name)?$|^deploymentName$/],
  ['statefulset', /(^|[_.])stateful_?set([_.]?name)?$|StatefulSet(Name)?$/i],
  ['daemonset', /(^|[_.])daemon_?set([_.]?name)?$|DaemonSet(Name)?$/i],
];
/** Behind several Prometheus servers without honor_labels a label is pushed aside more than once. */
const PUSHED_FURTHER = /^(?:exported_){2,}(namespace|pod)$/;
/** Of the other end of a call, of Linkerd, or of whoever scraped. */
const OF_OTHERS =
  /^(dst|src|srv|client|server|target|parent|backend|route|authz|prometheus)[_.]|^control_plane_ns$/;

/** Under which names these series (with all their labels) say whose they are, beside those that are known. */
export function toGuessedNames(series: readonly Sample[], known: readonly Renamed[]): Renamed[] {
  const names = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const found = new Map<string, string>();
  for (const name of names) {
    const label = PUSHED_FURTHER.exec(name)?.[1];
    if (label && name.length > (found.get(label)?.length ?? 0)) found.set(label, name);
  }
  for (const [label, telling] of TELLING) {
    if (found.has(label) || names.includes(label) || known.some((one) => one.label === label)) continue;
    const from = names.find(
      (name) =>
        telling.test(name) &&
        !OF_OTHERS.test(name) &&
        (name !== 'workload_ns' || telling.source.includes('workload')),
    );
    if (from) found.set(label, from);
  }
  return [...found].map(([label, from]) => ({ label, from }));
}

/** What of the answer is worth a closer look. */
export function toRenamed(samples: readonly Sample[]): { pushed: Renamed[]; other: Renamed[] } {
  const names = [...OTHER_NAMES, ...DOTTED_NAMES];
  return {
    pushed: valuesOf(samples, 'pushed').map(([label]) => ({ label, from: `exported_${label}` })),
    other: valuesOf(samples, 'other').flatMap(([from]) => {
      const label = names.find(([, name]) => name === from)?.[0];
      return label ? [{ label, from }] : [];
    }),
  };
}

/** `guessed`: names that no survey asks for; one of a label that was pushed aside counts instead of the first. */
export function toStoredLabels(
  samples: readonly Sample[],
  details: readonly Sample[],
  guessed: readonly Renamed[] = [],
): StoredLabels {
  const asked = toRenamed(samples);
  const deeper = (one: Renamed) => guessed.find(({ label }) => label === one.label) ?? one;
  const isPushed = (one: Renamed) => asked.pushed.some(({ label }) => label === one.label);
  const renamed = {
    pushed: asked.pushed.map(deeper),
    other: [...asked.other, ...guessed.filter((one) => !isPushed(one))],
  };
  const plain = new Map(valuesOf(details, 'plain'));
  const pods = new Map(valuesOf(details, 'pods'));
  const detailed = ({ label, from }: Renamed): Pushed => ({
    label,
    from,
    pods: pods.get(from) ?? 0,
    named: details.flatMap(({ labels }) =>
      labels['pushed'] === from ? [`${labels['namespace'] ?? '?'}/${labels['pod'] ?? '?'}`] : [],
    ),
    everywhere: !plain.get(from),
  });
  return {
    pushed: renamed.pushed.map(detailed),
    other: renamed.other.map(detailed),
    lacks: new Map(valuesOf(samples, 'lacks')),
    has: new Map(valuesOf(samples, 'has')),
  };
}

export function toScheme({ pushed, other }: Pick<StoredLabels, 'pushed' | 'other'>): LabelScheme {
  return [
    ...pushed.map(({ label, from, everywhere }) => alias(label, from, everywhere ? 'everywhere' : 'first')),
    ...other.map(({ label, from }, i) => {
      // Of two names for the same only one can take its place; the other helps out.
      const isOnly = other[i]?.everywhere && other.filter((one) => one.label === label).length === 1;
      return alias(label, from, isOnly && pushed.every((one) => one.label !== label) ? 'everywhere' : 'else');
    }),
  ];
}

function alias(label: string, from: string, reads: LabelAlias['reads']): LabelAlias {
  return { label, from, reads };
}

function valuesOf(samples: readonly Sample[], fact: string): [string, number][] {
  return samples.flatMap(({ labels, value }) => {
    const name = labels[fact];
    return name && value > 0 ? [[name, value] as [string, number]] : [];
  });
}
