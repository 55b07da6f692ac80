// How the API server says no: a `Status` in Kubernetes' own words. Decides nothing.

import type { ServerResponse } from 'node:http';
import type { Attributes } from './rights.ts';

export interface Refusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: object;
}

export function statusOf({ code, reason, message, details }: Refusal): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details ? { details } : {}),
    code,
  };
}

export function sendJson(response: ServerResponse, code: number, body: object): void {
  const text = Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(code, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
}

export function refuse(response: ServerResponse, refusal: Refusal): void {
  sendJson(response, refusal.code, statusOf(refusal));
}

export const UNAUTHORIZED: Refusal = { code: 401, reason: 'Unauthorized', message: 'Unauthorized' };

export function qualified({ group, resource }: { group: string; resource: string }): string {
  const [name = '', ...rest] = resource.split('/');
  const grouped = group === '' ? name : `${name}.${group}`;
  return [grouped, ...rest].join('/');
}

export function forbidden(user: string, attributes: Attributes): Refusal {
  const { verb, group, resource, namespace, name } = attributes;
  const kind = qualified({ group, resource: resource.split('/')[0] ?? '' });
  const where = namespace === null ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const what = name === null ? kind : `${kind} "${name}"`;
  return {
    code: 403,
    reason: 'Forbidden',
    message: `${what} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
    details: { ...(name === null ? {} : { name }), group, kind: resource.split('/')[0] },
  };
}

export function notFound(resource: { group: string; resource: string }, name: string): Refusal {
  return {
    code: 404,
    reason: 'NotFound',
    message: `${qualified(resource)} "${name}" not found`,
    details: { name, group: resource.group, kind: resource.resource },
  };
}

export const NO_SUCH_RESOURCE: Refusal = {
  code: 404,
  reason: 'NotFound',
  message: 'the server could not find the requested resource',
  details: {},
};

export function badRequest(message: string): Refusal {
  return { code: 400, reason: 'BadRequest', message };
}

export const UNKNOWN_FORMAT: Refusal = {
  code: 415,
  reason: 'UnsupportedMediaType',
  message:
    'the body of the request was in an unknown format - accepted media types include: application/json',
};

export function tooOld(version: number, current: number): Refusal {
  return {
    code: 410,
    reason: 'Expired',
    message: `too old resource version: ${version} (${current})`,
  };
}

export const CONTINUE_TOO_OLD: Refusal = {
  code: 410,
  reason: 'Expired',
  message:
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
};
