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
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
