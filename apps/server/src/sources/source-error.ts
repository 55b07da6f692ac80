// What every outside system throws when it cannot answer: which system, in which way, and what helps.

export type SourceErrorKind = 'unreachable' | 'refused' | 'timed-out' | 'bad-answer' | 'too-much';
export type SourceName = 'prometheus' | 'tap' | 'kubernetes';

export interface SourceErrorDetails {
  readonly source: SourceName;
  readonly kind: SourceErrorKind;
  /** Lower-case, with the offending value, without credentials. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string | undefined;
  /** A Kubernetes manifest that would help, where rights are missing. */
  readonly manifest?: string | undefined;
  /** The HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly source: SourceName;
  readonly kind: SourceErrorKind;
  readonly remedy: string | undefined;
  readonly manifest: string | undefined;
  readonly status: number | undefined;

  constructor({ source, kind, message, remedy, manifest, status, cause }: SourceErrorDetails) {
    super(message, { cause });
    this.source = source;
    this.kind = kind;
    this.remedy = remedy;
    this.manifest = manifest;
    this.status = status;
  }
}
