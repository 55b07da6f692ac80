// A parameter that is not what the contract allows. Becomes a 400 on HTTP and a `trouble` on the socket.

const SHOWN_CHARACTERS = 80;

export class BadParam extends Error {
  override readonly name = 'BadParam';
  readonly field: string;
  readonly value: string;
  readonly allowed: string;

  constructor(field: string, value: unknown, allowed: string) {
    const shown = shorten(value);
    super(`invalid ${field}: ${shown}; allowed: ${allowed}`);
    this.field = field;
    this.value = shown;
    this.allowed = allowed;
  }
}

function shorten(value: unknown): string {
  const text = value === undefined ? 'nothing' : spelled(value);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}

/** What nests without end cannot be spelled, and need not be. */
function spelled(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return 'something that nests too deeply';
  }
}
