// What a picture is called, and the moment it shows.

/** `by`: the label whose values its boxes are. */
export function scopeTitle(namespaces: readonly string[], by?: string): string {
  const few = namespaces.length <= 3 ? namespaces.join(', ') : `${namespaces.length} namespaces`;
  const scope = namespaces.length === 0 ? 'The whole mesh' : few;
  return by === undefined ? scope : `${scope} by ${by}`;
}

/** Of an RFC 3339 moment in UTC, without the seconds that nobody reads in a picture. */
export function momentText(at: string): string {
  const moment = new Date(at).toISOString();
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}
