// Why a JSON answer cannot be used.

export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly kind: 'malformed' | 'too-large' | 'too-deep';

  constructor(kind: JsonFault['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
