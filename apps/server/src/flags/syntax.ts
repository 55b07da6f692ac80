// The settings with a syntax of their own: `Name: value` headers, PromQL label matchers, hosts and origins.

import { isIPv4, isIPv6 } from 'node:net';
import { ROLES, type Role } from '../security/viewer.ts';

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** They frame the request itself: setting them breaks it. */
const RESERVED = ['connection', 'content-length', 'content-type', 'host', 'transfer-encoding'];

/** The value may be a secret: it is never repeated in a message. */
export function parseHeader(text: string): [name: string, value: string] {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon).trim();
  const value = text.slice(colon + 1).trim();
  if (colon < 1 || value === '')
    throw new Error(
      `${colon < 1 ? 'a header without a colon' : `"${name}:" has no value`}: write 'Name: value', such as 'X-Scope-OrgID: team'`,
    );
  if (!HEADER_NAME.test(name)) throw new Error(`"${name}" is no header name: use letters, digits and -`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
    throw new Error(`the value of "${name}" has a line break or control character: remove it`);
  if (RESERVED.includes(name.toLowerCase()))
    throw new Error(`"${name}" is set by the server itself: leave it out`);
  return [name, value];
}

/** Others, which OpenTelemetry writes as they are, stand in quotes; whether it knows them the store says. */
const LABEL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** As PromQL has texts: in double or single quotes, with escapes, or between backticks as they are. */
const TEXT = /"(?:[^"\\\n]|\\["\\nt])*"|'(?:[^'\\\n]|\\['\\nt])*'|`[^`\n]*`/.source;
const MATCHER = new RegExp(`^\\s*(${TEXT}|[^\\s=!~"'\`]*)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*$`, 's');
const WHOLE_TEXT = new RegExp(`^(?:${TEXT})$`);

export function parseMatcher(text: string): string {
  const [, inBraces] = /^\s*\{(.*)\}\s*$/s.exec(text) ?? [];
  const [, name, operator, quoted] = MATCHER.exec(inBraces ?? text) ?? [];
  if (name === undefined || quoted === undefined)
    throw new Error(`'${text}' is no matcher: write 'label="value"', such as 'cluster="east"'`);
  const isQuoted = WHOLE_TEXT.test(name);
  const label = isQuoted ? (JSON.parse(inDoubleQuotes(name)) as string) : name;
  if (label === '' || (!isQuoted && !LABEL_NAME.test(label)))
    throw new Error(
      `'${text}': "${label}" is no label name: use letters, digits and _, or quote it for a store that knows others (Prometheus 3): '"${label || 'k8s.cluster.name'}"="value"'`,
    );
  if (!WHOLE_TEXT.test(quoted))
    throw new Error(
      /^(?:"[^"]*"|'[^']*')\s*,/.test(quoted)
        ? `'${text}' holds several matchers: give each with a --matcher of its own`
        : `'${text}': the value must stand in double quotes (which a shell removes unless the whole is in single quotes): '${label}="value"'`,
    );
  return `${LABEL_NAME.test(label) ? label : inDoubleQuotes(name)}${operator}${inDoubleQuotes(quoted)}`;
}

/** The same text as JSON has it, too. */
function inDoubleQuotes(text: string): string {
  if (text.startsWith('"')) return text;
  const inner = text.slice(1, -1);
  if (text.startsWith('`')) return JSON.stringify(inner);
  return `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
}

/** An origin as a browser names it: it goes into a header, so nothing else may be in it. */
export function parseOrigin(text: string): string {
  const [, scheme, name, port] =
    /^(https?):\/\/((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?\/?$/i.exec(text) ?? [];
  if (!scheme || !name)
    throw new Error(
      `"${text}" is no origin: write scheme, name and, if it has one, port of the wiki, such as https://wiki.example.com`,
    );
  return `${scheme}://${name}${port ?? ''}`.toLowerCase();
}

/** Lower-case, as headers arrive. */
export function parseHeaderName(text: string): string {
  if (!HEADER_NAME.test(text)) throw new Error(`"${text}" is no header name: use letters, digits and -`);
  return text.toLowerCase();
}

export function parseAddressRange(text: string): string {
  const [address = '', prefix, ...more] = text.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : null;
  const isWhole = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (most ?? -1));
  if (most === null || !isWhole || more.length > 0)
    throw new Error(`"${text}" is no address: write one such as 10.0.0.7, or a range such as 10.0.0.0/8`);
  return text;
}

export function parseRoleGroup(text: string): { readonly role: Role; readonly group: string } {
  const [, word = '', group = ''] = /^([a-z]+)=(.+)$/.exec(text) ?? [];
  const role = ROLES.find((each) => each === word);
  if (role === undefined || group === '')
    throw new Error(`"${text}" is no role of a group: write ROLE=GROUP, the role one of ${ROLES.join(', ')}`);
  return { role, group };
}

export function parseAllowedHost(text: string): string {
  if (!/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/.test(text))
    throw new Error(
      `"${text}" is no host: write the name alone, such as mesh.example.com or mesh.example.com:8443`,
    );
  return text.toLowerCase();
}
