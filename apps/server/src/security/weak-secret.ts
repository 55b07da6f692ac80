// Whether a secret could be guessed: long enough, and not one thing over and over. Pure.

const LEAST_DISTINCT = 8;

/** What is wrong with it, or null. A secret is never repeated in a message. */
export function weakness(secret: string, leastLength: number): string | null {
  if (secret.length < leastLength) return `is shorter than ${leastLength} characters`;
  if (new Set(secret).size < LEAST_DISTINCT || /^(.{1,16})\1+$/s.test(secret))
    return 'repeats itself, so that it could be guessed';
  return null;
}
