// Holds manifests against the schemas of Kubernetes, the Prometheus operator and Linkerd. Two ways, because each misses
// something: compiled schemas know formats and patterns, Kubernetes' types in TypeScript know fields that do not exist.

import { join } from 'node:path';
import { Ajv } from 'ajv';
import ts from 'typescript';
import { authorizationPolicySchema } from './authorization-policy-schema.ts';
import type { Manifest } from './chart.ts';

const OPERATOR = '@kubernetes-models/prometheus-operator';
const LINKERD = 'policy.linkerd.io/v1alpha1';
/** Does not exist; its place decides where packages are looked for. */
const VIRTUAL = join(import.meta.dirname, 'rendered-manifests.ts');

const validatePolicy = new Ajv({ strict: true }).compile(authorizationPolicySchema);

interface Model {
  validate(): void;
}

/** One line for each mistake, with the object it is in. */
export async function schemaMistakes(manifests: readonly Manifest[]): Promise<string[]> {
  const known = manifests.filter(({ apiVersion }) => apiVersion !== LINKERD);
  const mistakes = await Promise.all(manifests.map(valueMistakes));
  return [...mistakes.flat(), ...fieldMistakes(known)];
}

async function valueMistakes(manifest: Manifest): Promise<string[]> {
  if (manifest.apiVersion === LINKERD)
    return validatePolicy(manifest)
      ? []
      : (validatePolicy.errors ?? []).map(
          ({ instancePath, message }) => `${titleOf(manifest)}: ${instancePath} ${message}`,
        );
  const Kind = await readModel(manifest);
  if (!Kind) return [`${titleOf(manifest)}: ${manifest.apiVersion} has no such kind`];
  try {
    new Kind(manifest).validate();
    return [];
  } catch (error) {
    return [`${titleOf(manifest)}: ${(error as Error).message}`];
  }
}

/** Null when the group and version have no such kind. */
async function readModel(manifest: Manifest): Promise<(new (data: Manifest) => Model) | null> {
  const models = await import(moduleOf(manifest)).catch(() => ({}));
  return models[manifest.kind] ?? null;
}

/** The compiler is the judge: an object literal may have no field that its type lacks, however deep. */
function fieldMistakes(manifests: readonly Manifest[]): string[] {
  const lines = manifests.map(
    (manifest, i) =>
      `const m${i}: import('${moduleOf(manifest)}').I${manifest.kind} = ${JSON.stringify(manifest)};`,
  );
  const source = [...lines, 'export {};'].join('\n');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === VIRTUAL || fileExists(path);
  host.readFile = (path) => (path === VIRTUAL ? source : readFile(path));
  host.getSourceFile = (path, target) =>
    path === VIRTUAL ? ts.createSourceFile(path, source, target) : getSourceFile(path, target);
  const program = ts.createProgram([VIRTUAL], options, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(VIRTUAL)).map(({ messageText, start }) => {
    const line = source.slice(0, start ?? 0).split('\n').length - 1;
    const manifest = manifests[line];
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    return `${manifest ? titleOf(manifest) : 'schemas'}: ${message}`;
  });
}

function moduleOf({ apiVersion, kind }: Manifest): string {
  const schemas = apiVersion.startsWith('monitoring.coreos.com/') ? OPERATOR : 'kubernetes-models';
  return `${schemas}/${apiVersion}/${kind}`;
}

function titleOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
