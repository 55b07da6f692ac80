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

export function toStoredLabels(samples: readonly Sample[], details: readonly Sample[]): StoredLabels {
  const renamed = toRenamed(samples);
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
