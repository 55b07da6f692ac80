// What the control door says to who asks for something that is not there, or with a value that is not allowed.

export class ControlRefusal extends Error {
  readonly status: 400 | 404 | 405 | 503;

  constructor(status: ControlRefusal['status'], message: string) {
    super(message);
    this.status = status;
  }
}

/** The value of a parameter that has only these. */
export function oneOf<T extends string>(name: string, value: string | null, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new ControlRefusal(400, `bad ${name}: ${value}; allowed are ${allowed.join(', ')}`);
  return found;
}

export function numberOf(
  query: URLSearchParams,
  name: string,
  { fallback, min, max }: { fallback: number; min: number; max: number },
): number {
  const text = query.get(name);
  const value = text === null || text === '' ? fallback : Number(text);
  if (!(value >= min && value <= max))
    throw new ControlRefusal(400, `bad ${name}: ${text}; allowed is a number from ${min} to ${max}`);
  return value;
}
