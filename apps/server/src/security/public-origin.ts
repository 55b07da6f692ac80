// The origin that a browser reaches this server by, for addresses that must be whole. Pure.

/** `host` was checked already; a proxy in front may have taken the TLS off. */
export function publicOrigin(
  host: string | undefined,
  protocol: string,
  forwardedProto: string | readonly string[] | undefined,
): string {
  const [first = ''] = String(forwardedProto ?? '').split(',');
  const proto = first.trim().toLowerCase();
  return `${proto === 'https' || proto === 'http' ? proto : protocol}://${host ?? 'localhost'}`;
}
