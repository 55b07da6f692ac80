// The five lock glyphs on a field of 12: closed, half, open, barred, dashed. The form says it before the colour does.

export const LOCK_SHAPES = ['secured', 'mixed', 'plaintext', 'opaque', 'unknown'] as const;
export type LockShape = (typeof LOCK_SHAPES)[number];

export interface LockGlyph {
  shackle: string;
  /** Outline of the body, rounded. */
  body: string;
  filled: boolean;
  /** What is drawn inside: the filled half, or the two bars. */
  inside: { d: string; filled: boolean } | null;
  dashed: boolean;
}

const CLOSED = 'M3.9 5.3V3.9a2.1 2.1 0 0 1 4.2 0v1.4';
const BODY = 'M3.2 5.3h5.6q1.3 0 1.3 1.3v3.1q0 1.3-1.3 1.3h-5.6q-1.3 0-1.3-1.3v-3.1q0-1.3 1.3-1.3z';

export const LOCK_GLYPHS: Record<LockShape, LockGlyph> = {
  secured: { shackle: CLOSED, body: BODY, filled: true, inside: null, dashed: false },
  mixed: {
    shackle: CLOSED,
    body: BODY,
    filled: false,
    inside: { d: 'M6 5.3h-2.8q-1.3 0-1.3 1.3v3.1q0 1.3 1.3 1.3h2.8z', filled: true },
    dashed: false,
  },
  plaintext: {
    shackle: 'M7.3 5.3V3.7a2 2 0 0 1 4 0v.8',
    body: 'M2 5.3h5.6q1.3 0 1.3 1.3v3.1q0 1.3-1.3 1.3h-5.6q-1.3 0-1.3-1.3v-3.1q0-1.3 1.3-1.3z',
    filled: true,
    inside: null,
    dashed: false,
  },
  opaque: {
    shackle: CLOSED,
    body: BODY,
    filled: false,
    inside: { d: 'M3.8 7.4h4.4M3.8 9.1h4.4', filled: false },
    dashed: false,
  },
  unknown: { shackle: CLOSED, body: BODY, filled: false, inside: null, dashed: true },
};

/** What each form means, in a word or two. */
export const LOCK_WORDS: Record<LockShape, string> = {
  secured: 'secured',
  mixed: 'partly secured',
  plaintext: 'plaintext',
  opaque: 'other TLS',
  unknown: 'unknown',
};
