// What the system, TLS and undici call by a code, as people say it. A code that is not known here stays as it is: better than nothing.

const SELF_SIGNED = 'its certificate is signed by itself';
const UNKNOWN_AUTHORITY = 'its certificate is of an authority that is not known here';
const OTHER_HOST = 'its certificate is for another host name';
const CUT = 'the connection was cut';
const TOO_LATE = 'no connection came about in time';
const NO_WAY = 'no way leads there from here';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'nobody knows a host of this name',
  EAI_AGAIN: 'its name could not be looked up just now',
  ECONNRESET: CUT,
  ECONNABORTED: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  ETIMEDOUT: TOO_LATE,
  UND_ERR_CONNECT_TIMEOUT: TOO_LATE,
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  EHOSTDOWN: NO_WAY,
  ENETDOWN: 'the network of this machine is down',
  EADDRNOTAVAIL: 'this machine has no address or port left for it',
  EMFILE: 'this process has too many files and connections open',
  ENFILE: 'this machine has too many files and connections open',
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_UNTRUSTED: UNKNOWN_AUTHORITY,
  HOSTNAME_MISMATCH: OTHER_HOST,
  ERR_TLS_CERT_ALTNAME_INVALID: OTHER_HOST,
  EPROTO: 'what answers there did not come to terms over TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'what answers there does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'what answers there does not speak TLS',
  ENOENT: 'there is no such file',
  EACCES: 'this user has no right to it',
  EPERM: 'this user has no right to it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
};

interface Failure {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** Of the system, of Node and of undici; parsers have codes of their own, and say it all in words. */
const IS_CODE = /^(E[A-Z0-9]+|ERR_\w+|UND_ERR_\w+)$/;

/** What happened, to stand behind "cannot be reached:" or "cannot be read:". */
export function failureWords({ code = '', message = '' }: Failure): string {
  const words = WORDS[code];
  if (words !== undefined) return words;
  return (IS_CODE.test(code) ? code : '') || message || code || 'nobody said why';
}
