// Secrets in what a tap tells: they stop here, so that nothing behind this folder can show them.

import { type TapHeader, WITHHELD } from '@latchwork/shared/tap/tap-event';
import { isSecretName, looksSecret } from './secret-words.ts';

export interface Redaction {
  /** None at all where headers are off. */
  headers(headers: readonly TapHeader[]): TapHeader[];
  /** A path with its query: values that are secrets are replaced. */
  path(path: string): string;
}

export interface RedactionOptions {
  readonly mode: 'on' | 'off';
  /** Lower-case: shown although they sound like secrets. */
  readonly shown: readonly string[];
}

export function createRedaction({ mode, shown }: RedactionOptions): Redaction {
  const exceptions = new Set(shown);

  /** The value of a secret header becomes null: withheld, and known to have been there. */
  function header({ name, value }: TapHeader): TapHeader {
    if (value === null || exceptions.has(name.toLowerCase())) return { name, value };
    if (isSecretName(name)) return { name, value: null };
    const open = withoutSecretsOfUrl(value);
    return { name, value: open === value && looksSecret(value, name) ? null : open };
  }

  return {
    headers: (headers) => (mode === 'off' ? [] : headers.map(header)),
    path: withoutSecretsOfUrl,
  };
}

const PARAMETER = /([?&;#])([^=&;#?\s]{1,200})=([^&;#\s]*)/g;
const USER_INFO = /(\/\/)[^/\s@]+@/g;

/** Of addresses in paths, `location`, `referer` and wherever else one is told. */
function withoutSecretsOfUrl(text: string): string {
  return text
    .replace(USER_INFO, `$1${WITHHELD}@`)
    .replace(PARAMETER, (whole, before: string, name: string, value: string) => {
      const isSecret = value !== '' && (isSecretName(decoded(name)) || looksSecret(decoded(value)));
      return isSecret ? `${before}${name}=${WITHHELD}` : whole;
    })
    .replace(/(\/)([^/?#\s]{20,})(?=[/?#\s]|$)/g, (whole, before: string, segment: string) =>
      looksSecret(decoded(segment), ':path') ? `${before}${WITHHELD}` : whole,
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where nothing else was said. */
export const USUAL_REDACTION = createRedaction({ mode: 'on', shown: [] });
