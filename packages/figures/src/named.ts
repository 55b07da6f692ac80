// Names in a sentence: the first few, and how many more there are.

const NAMED = 5;

/** "a, b, c and 4 more". */
export function named(names: readonly string[], most = NAMED): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
