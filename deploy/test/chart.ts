// Renders the chart with real Helm, as the cluster would get it. Knows nothing of what should come out.

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const CHART = join(import.meta.dirname, '..', 'helm', 'latchwork');
/** Not the release's name, so that the two cannot be mixed up unnoticed. */
export const NAMESPACE = 'mesh-tools';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  // biome-ignore lint/suspicious/noExplicitAny: what is in it differs from kind to kind; the schemas know.
  readonly [field: string]: any;
}

export type Values = Readonly<Record<string, unknown>>;

/** Throws Helm's own words when it refuses the values. */
export async function renderChart(helm: string, values: Values = {}, chart = CHART): Promise<Manifest[]> {
  const args = ['template', 'latchwork', chart, '--namespace', NAMESPACE, '--kube-version', '1.32.0'];
  const text = await new Promise<string>((resolve, reject) => {
    const child = execFile(helm, [...args, '--values', '-'], (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(stdout),
    );
    child.stdin?.end(JSON.stringify(values));
  });
  return parseAllDocuments(text).flatMap((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.contents === null ? [] : [document.toJSON() as Manifest];
  });
}

/** What Helm prints after an installation. It prints that only to a cluster, so the text is rendered as an object. */
export async function renderNotes(helm: string, values: Values = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-chart-'));
  try {
    await cp(CHART, folder, { recursive: true });
    const notes = await readFile(join(folder, 'templates', 'NOTES.txt'), 'utf8');
    await writeFile(
      join(folder, 'templates', 'notes.yaml'),
      `{{- define "notes" -}}\n${notes}\n{{- end -}}\napiVersion: v1\nkind: Notes\nmetadata: {name: notes}\ntext: {{ include "notes" . | toJson }}\n`,
    );
    const rendered = await renderChart(helm, values, folder);
    return only(rendered, 'Notes').text as string;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function all(manifests: readonly Manifest[], kind: string): Manifest[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const found = all(manifests, kind);
  if (found.length !== 1)
    throw new Error(`${found.length} objects of kind ${kind}: exactly one was expected`);
  return found[0] as Manifest;
}
