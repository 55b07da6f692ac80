// Reads fields out of JSON that may be anything: a wrong type is the same as absent.

export type Raw = Readonly<Record<string, unknown>>;

const NOTHING: Raw = {};

export function rawOf(value: unknown): Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : NOTHING;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

export function wholeOr<T>(value: unknown, otherwise: T): number | T {
  return Number.isSafeInteger(value) ? (value as number) : otherwise;
}

/** Of what is counted, and of what is weighed: never below nothing. */
export function countOr<T>(value: unknown, otherwise: T): number | T {
  const number = wholeOr(value, otherwise);
  return typeof number === 'number' && number < 0 ? otherwise : number;
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

export function labelsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(rawOf(value)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

/** Ports are numbers or names in Kubernetes. */
export function portOf(value: unknown): number | string {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? value : 0;
}
