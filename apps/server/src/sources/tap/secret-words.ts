// What a secret is called, and what one looks like. Pure: a word or a text in, yes or no out.

/** Whatever has one of these in its name is a secret, whoever invented the name. */
const ANYWHERE =
  /auth|key|token|secret|session|credential|signature|cookie|passw|passphrase|pwd|jwt|assertion|oidc|saml|dpop|bearer|sec-websocket-protocol/;
/** Short words are one only when they stand alone: as a part between - and _. */
const ALONE = /(^|[-_.])(otp|sig|sid|pin|pat|csrf|xsrf|code)($|[-_.])/;
/** Named like a secret, and none. */
const KNOWN_HARMLESS = new Set([':authority', 'authority', 'x-forwarded-authority', 'sec-websocket-version']);

export function isSecretName(name: string): boolean {
  const lower = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/-bin$/, '');
  if (KNOWN_HARMLESS.has(lower)) return false;
  return ANYWHERE.test(lower) || ANYWHERE.test(lower.replace(/[-_.]/g, '')) || ALONE.test(lower);
}

/** Looks back from the dot: forwards, each of many `eyJ` would read the rest, and one header would stop the server. */
const JWT = /(?<=eyJ[A-Za-z0-9_-]{6,})\.[A-Za-z0-9_-]{2}/;
const SCHEME = /^(bearer|basic|digest|negotiate|token|apikey|aws4-hmac-sha256)\s+\S/i;
const ISSUED =
  /\b(gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|sk-|sk_live_|AKIA|ASIA|AIza|hvs\.|npm_|pypi-)[A-Za-z0-9_-]{10,}/;
/** Of a trace, a content or a request: long, by chance, and everybody's. */
const CHANCE_NAMES =
  /^(traceparent|tracestate|b3|x-b3-.*|grpc-trace-bin|grpc-tags-bin|etag|if-none-match|if-match|content-digest|digest|x-request-id|x-correlation-id|x-cloud-trace-context|l5d-.*|:path)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LONG = /[A-Za-z0-9+/_=-]{32,}/g;
const MOST_CHARACTERS = 16_384;

/** A value that gives itself away, whatever it is called. */
export function looksSecret(value: string, name = ''): boolean {
  if (SCHEME.test(value) || JWT.test(value) || ISSUED.test(value)) return true;
  if (CHANCE_NAMES.test(name.toLowerCase())) return false;
  return (value.slice(0, MOST_CHARACTERS).match(LONG) ?? []).some(isByChance);
}

/** Letters of both cases and digits, none much more often than others: nobody wrote it. */
function isByChance(text: string): boolean {
  if (UUID.test(text) || text.includes('//')) return false;
  const isHex = /^[0-9a-f]+$/i.test(text);
  if (isHex) return text.length >= 32 && /\d/.test(text) && /[a-f]/i.test(text);
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
  return kinds === 3 && new Set(text).size >= 14;
}
