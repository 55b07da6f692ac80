// The five forms of a lock and their words: closed, half, open, barred, dashed. The form says it before the colour does.

export type LockShape = 'secured' | 'mixed' | 'plaintext' | 'opaque' | 'unknown';

/** What each form means, in a word or two. */
export const LOCK_WORDS: Record<LockShape, string> = {
  secured: 'secured',
  mixed: 'partly secured',
  plaintext: 'plaintext',
  opaque: 'other TLS',
  unknown: 'unknown',
};
