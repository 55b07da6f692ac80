// The settings that need no syntax of their own: text, files, numbers, one of a few words, moments, URLs, addresses, paths.

import { MOMENT_ALLOWED, momentSeconds } from '@latchwork/shared/moment';
import { isNamespaceName, NAMESPACE_ALLOWED } from '@latchwork/shared/namespace-name';
import { withoutEndSlashes } from '../end-slashes.ts';
import { failureWords } from '../network/failure-words.ts';
import type { FlagWorld } from './flag.ts';

export function text(given: string): string {
  return given;
}

export function namespace(given: string): string {
  if (!isNamespaceName(given)) throw new Error(`"${given}" is not ${NAMESPACE_ALLOWED}`);
  return given;
}

/** A file that this user may read. */
export function file(given: string, { checkFile }: FlagWorld): string {
  try {
    checkFile(given);
    return given;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `"${given}" cannot be read (${failureWords({ code, message })}): name a file that this user may read`,
    );
  }
}

export function wholeNumber(min: number, max: number): (given: string) => number {
  return (given) => {
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < min || value > max)
      throw new Error(`"${given}" is not a whole number from ${min} to ${max}`);
    return value;
  };
}

export function oneOf<Word extends string>(words: readonly Word[]): (given: string) => Word {
  return (given) => {
    const word = words.find((each) => each === given);
    if (word === undefined) throw new Error(`"${given}" is unknown here: use one of ${words.join(', ')}`);
    return word;
  };
}

export function moment(given: string): number {
  const seconds = momentSeconds(given);
  if (seconds === null) throw new Error(`"${given}" is no moment: use ${MOMENT_ALLOWED}`);
  return seconds;
}

/** Without a trailing slash. */
export function url(given: string): string {
  const parsed = URL.canParse(given) ? new URL(given) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || !/^https?:\/\//i.test(given))
    throw new Error(`"${given}" is no URL: write it with its scheme, such as http://127.0.0.1:9090`);
  if (parsed.username || parsed.password)
    throw new Error(
      `"${parsed.protocol}//…@${parsed.host}" has a password in it: use --prometheus-user and --prometheus-password-file`,
    );
  if (parsed.search || parsed.hash)
    throw new Error(
      `"${given}" has a ${parsed.search ? 'query' : 'fragment'}: give the URL up to its path only`,
    );
  return withoutEndSlashes(parsed.href);
}

export function address(given: string): string {
  const bare = given.replace(/^\[(.*)\]$/, '$1');
  if (!/^[A-Za-z0-9.:_-]+$/.test(bare))
    throw new Error(
      `"${given}" is no address: use an IP address or a host name, such as 0.0.0.0 for all interfaces`,
    );
  return bare;
}

/** Empty, or with a leading and without a trailing slash. */
export function basePath(given: string): string {
  const path = `/${given.replace(/^\/+|\/+$/g, '')}`;
  if (
    !/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(path) ||
    path.split('/').some((part) => part === '.' || part === '..')
  )
    throw new Error(
      `"${given}" is no path: use letters, digits and - . _ ~ between slashes, such as /latchwork`,
    );
  return path === '/' ? '' : path;
}
