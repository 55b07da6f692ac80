// One kubeconfig file → its named entries, with paths made absolute. Merges nothing and chooses nothing.

import { dirname, isAbsolute, join } from 'node:path';
import { parseAllDocuments, type Tags } from 'yaml';
import { kubernetesError } from '../api/kubernetes-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** An entry and the file it came from: relative paths in it mean that file's folder. */
export interface Entry {
  readonly file: string;
  readonly fields: Fields;
}

export interface KubeconfigFile {
  readonly currentContext: string | null;
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
  readonly contexts: ReadonlyMap<string, Entry>;
}

export function parseKubeconfig(text: string, file: string): KubeconfigFile {
  const root = readYaml(text, file);
  if (!isFields(root))
    throw malformed(file, 'is not a kubeconfig: it should hold clusters, users and contexts');
  const current = root['current-context'];
  return {
    currentContext: typeof current === 'string' && current ? current : null,
    clusters: entries(root, 'clusters', 'cluster', file),
    users: entries(root, 'users', 'user', file),
    contexts: entries(root, 'contexts', 'context', file),
  };
}

/**
 * YAML as kubectl has it: 1.1 with its merge keys, the first of several documents, of keys that stand twice the last;
 * but moments and base 60 stay texts.
 */
function readYaml(text: string, file: string): unknown {
  try {
    const [document] = parseAllDocuments(text, {
      version: '1.1',
      merge: true,
      uniqueKeys: false,
      logLevel: 'silent',
      customTags: withoutTimes,
    });
    const [mistake] = document && 'errors' in document ? document.errors : [];
    if (mistake) throw mistake;
    return document?.toJS() ?? {};
  } catch (error) {
    throw malformed(file, `is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

function withoutTimes(tags: Tags): Tags {
  return tags.filter(
    (tag) =>
      typeof tag === 'string' ||
      !(tag.tag.endsWith(':timestamp') || ('format' in tag && tag.format === 'TIME')),
  );
}

function entries(root: Fields, list: string, key: string, file: string): Map<string, Entry> {
  const value = root[list] ?? [];
  if (!Array.isArray(value)) throw malformed(file, `has "${list}" that is no list`);
  const found = new Map<string, Entry>();
  for (const [index, item] of value.entries()) {
    const name: unknown = isFields(item) ? item['name'] : undefined;
    if (!isFields(item) || typeof name !== 'string' || name === '')
      throw malformed(file, `has no name at ${list}[${index}]`);
    const fields = item[key] ?? {};
    if (!isFields(fields)) throw malformed(file, `has a ${key} "${name}" without fields`);
    if (!found.has(name)) found.set(name, { file, fields });
  }
  return found;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field; null when absent or empty. */
export function textOf({ fields, file }: Entry, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  // What a file has as !!binary is the text of these bytes.
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'string') throw malformed(file, `has a ${name} that is no text`);
  return value;
}

export function pathOf(entry: Entry, name: string): string | null {
  const value = textOf(entry, name);
  return value === null ? null : isAbsolute(value) ? value : join(dirname(entry.file), value);
}

export function malformed(file: string, what: string): Error {
  return kubernetesError('bad-answer', `kubeconfig ${file} ${what}`, {
    remedy:
      'correct the file, or name another with --kubeconfig; "kubectl config view" shows what kubectl reads',
  });
}
