// What Prometheus answers, as values: one number for each label set, or a line of them.

export type Labels = Readonly<Record<string, string>>;

/** `value` may be NaN or infinite as PromQL has it: the mapping decides what that means. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** Points as [Unix seconds, value], oldest first. */
export interface SampleLine {
  readonly labels: Labels;
  readonly points: readonly (readonly [number, number])[];
}

/** A number as Prometheus writes it. */
export function parseValue(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return Number(text);
}
