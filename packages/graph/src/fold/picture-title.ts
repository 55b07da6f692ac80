// What a picture is called, and the moment it shows.

export function scopeTitle(namespaces: readonly string[]): string {
  if (namespaces.length === 0) return 'The whole mesh';
  return namespaces.length <= 3 ? namespaces.join(', ') : `${namespaces.length} namespaces`;
}

/** Of an RFC 3339 moment in UTC, without the seconds that nobody reads in a picture. */
export function momentText(at: string): string {
  const moment = new Date(at).toISOString();
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
}
