// How Fastify checks what comes in and what goes out: with the same compiled schemas as the socket.

import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { findBreach, findFault } from './check.ts';
import { ContractBreach } from './contract-breach.ts';

export function setCompilers(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema }) => (value: unknown) => {
    const error = findFault(schema as TSchema, value);
    return error ? { error } : { value };
  });
  app.setSerializerCompiler(({ schema, url }) => (value) => {
    const breach = findBreach(schema as unknown as TSchema, value);
    if (breach) throw new ContractBreach(url, breach);
    return JSON.stringify(value);
  });
}

/** `namespace` may be repeated, so it is always a list; any other parameter is a list only when it was repeated. */
export function parseQuery(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) {
    const before = query[name];
    // Thousands of one name are added to the list that there is: copying it for each would take squares of them.
    if (Array.isArray(before)) before.push(value);
    else if (before !== undefined) query[name] = [before, value];
    else query[name] = name === 'namespace' ? [value] : value;
  }
  return query;
}
