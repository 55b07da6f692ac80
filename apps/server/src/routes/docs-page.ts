// The API's description as a page: OpenAPI in, HTML out. Pure, and without script or style of its own.

import { escapeHtml } from '../security/plain-page.ts';

/** The parts of an OpenAPI document that the page shows. */
export interface ApiDescription {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly responses?: Readonly<Record<string, Response>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Response {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
}

export interface DocsLinks {
  readonly json: string;
  readonly style: string;
}

export function docsPage({ info, paths }: ApiDescription, { json, style }: DocsLinks): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => section(method.toUpperCase(), path, operation)),
  );
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(info.title)}</title>`,
    `<link rel="stylesheet" href="${escapeHtml(style)}"></head><body><main>`,
    `<h1>${escapeHtml(info.title)} <small>${escapeHtml(info.version)}</small></h1>`,
    `<p>${escapeHtml(info.description ?? '')}</p>`,
    `<p><a href="${escapeHtml(json)}">The same as OpenAPI (JSON)</a></p>`,
    ...operations,
    '</main></body></html>',
    '',
  ].join('\n');
}

function section(method: string, path: string, operation: Operation): string {
  return [
    '<section>',
    `<h2><code>${method} ${escapeHtml(path)}</code> ${escapeHtml(operation.summary ?? '')}</h2>`,
    operation.description ? `<p>${escapeHtml(operation.description)}</p>` : '',
    operation.parameters?.length ? parameterTable(operation.parameters) : '',
    ...Object.entries(operation.responses ?? {}).map(([status, response]) => answer(status, response)),
    '</section>',
  ].join('\n');
}

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(place)}${required ? ', required' : ''}</td>` +
      `<td>${escapeHtml(description ?? schema?.description ?? schema?.items?.description ?? typeName(schema))}</td></tr>`,
  );
  return [
    '<table><thead><tr><th scope="col">Parameter</th><th scope="col">In</th><th scope="col">Allowed</th></tr></thead><tbody>',
    ...rows,
    '</tbody></table>',
  ].join('\n');
}

function answer(status: string, { content }: Response): string {
  const schema = Object.values(content ?? {})[0]?.schema;
  if (!schema) return '';
  return `<details><summary>Answer ${escapeHtml(status)}</summary>\n<pre><code>${escapeHtml(shape(schema, ''))}</code></pre></details>`;
}

/** As a reader of JSON would sketch it. */
function shape(schema: Schema, indent: string): string {
  const inner = `${indent}  `;
  if (schema.properties) {
    const lines = Object.entries(schema.properties).map(
      ([name, each]) => `${inner}${name}${schema.required?.includes(name) ? '' : '?'}: ${shape(each, inner)}`,
    );
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  if (schema.anyOf) return schema.anyOf.map((each) => shape(each, indent)).join(' | ');
  if (schema.type === 'array' && schema.items) return `[${shape(schema.items, indent)}]`;
  const values =
    Object.values(schema.patternProperties ?? {})[0] ??
    (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
  return values ? `{ NAME: ${shape(values, inner)} }` : typeName(schema);
}

function typeName(schema: Schema | undefined): string {
  if (schema?.const !== undefined) return JSON.stringify(schema.const);
  if (schema?.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema?.anyOf) return schema.anyOf.map(typeName).join(' | ');
  return schema?.type ?? 'any';
}
