// Cookies of this server: how they are named, read and set. Pure.

/** A browser takes a cookie of this name only from this host itself, over TLS and for all of it. */
const HOST_ONLY = '__Host-';
/** A browser that somebody floods with cookies still sends few of one name. */
const MOST = 8;

/** The values under `name`: those that only this host can have set come first. */
export function cookiesOf(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const under = (wanted: string) =>
    pairs.filter((pair) => pair.startsWith(`${wanted}=`)).map((pair) => pair.slice(wanted.length + 1));
  return [...under(HOST_ONLY + name), ...under(name)].filter((value) => value !== '').slice(0, MOST);
}

export interface CookiePlace {
  /** Under which a browser reaches this server; without a trailing slash. */
  readonly base: string;
  /** Over TLS. */
  readonly isSecure: boolean;
}

/** `keptSeconds` 0 takes it away. */
export function setCookie(
  name: string,
  value: string,
  { base, isSecure }: CookiePlace,
  keptSeconds: number,
): string {
  const whole = isSecure && base === '' ? HOST_ONLY + name : name;
  return [
    `${whole}=${value}`,
    `Path=${base}/`,
    `Max-Age=${keptSeconds}`,
    'HttpOnly',
    // Not strict: a link in a wiki should open the page of somebody who is logged in. Nothing here changes anything.
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ].join('; ');
}
