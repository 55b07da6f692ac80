// What one may ask: may I, what may I, who am I; and what others may.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { People } from './people.ts';
import type { RequestInfo } from './request-info.ts';
import type { Attributes, Rights } from './rights.ts';
import { badRequest, refuse, sendJson, UNKNOWN_FORMAT } from './status.ts';
import type { Visitor } from './visitor.ts';

const MAX_BYTES = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;

export function isReview({ group, verb, resource }: RequestInfo): boolean {
  return (
    verb === 'create' &&
    ['authorization.k8s.io', 'authentication.k8s.io'].includes(group) &&
    /^(selfsubject(access|rules|)|subjectaccess)reviews$/.test(resource)
  );
}

export async function sendReview(
  request: IncomingMessage,
  { resource }: RequestInfo,
  known: Known,
  response: ServerResponse,
): Promise<void> {
  if (request.headers['content-type']?.includes('protobuf')) {
    refuse(response, UNKNOWN_FORMAT);
    return;
  }
  const asked = await readObject(request);
  if (asked === null) {
    refuse(response, badRequest('the body of a review is a JSON object'));
    return;
  }
  const spec = fieldsOf(asked['spec']);
  sendJson(response, 201, { ...asked, spec, status: answer(resource, spec, known) });
}

interface Known {
  readonly rights: Rights;
  readonly people: People;
  readonly visitor: Visitor;
}

function answer(resource: string, spec: Fields, { rights, people, visitor }: Known): object {
  const { user, groups } = visitor;
  if (resource === 'selfsubjectreviews') return { userInfo: { username: user, groups } };
  if (resource === 'selfsubjectrulesreviews')
    return {
      resourceRules: rights.rules(),
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/api', '/apis', '/version', '/healthz'] }],
      incomplete: false,
    };
  // Paths that are no resources are open to all who are known.
  if (spec['nonResourceAttributes']) return { allowed: true };
  const attributes = toAttributes(fieldsOf(spec['resourceAttributes']));
  if (resource === 'subjectaccessreviews')
    return {
      allowed: people.isAllowed(
        { user: String(spec['user'] ?? ''), groups: [spec['groups'] ?? []].flat().map(String) },
        attributes,
      ),
    };
  return rights.isAllowed(attributes)
    ? { allowed: true, reason: `RBAC: allowed by ClusterRoleBinding "viewers" to User "${user}"` }
    : { allowed: false };
}

function toAttributes(asked: Fields): Attributes {
  const text = (field: string) => String(asked[field] ?? '');
  return {
    verb: text('verb'),
    group: text('group'),
    resource: [text('resource'), text('subresource')].filter(Boolean).join('/'),
    namespace: text('namespace') || null,
    name: text('name') || null,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

async function readObject(request: IncomingMessage): Promise<Fields | null> {
  let text = '';
  request.setEncoding('utf8');
  for await (const piece of request) {
    text += piece;
    if (text.length > MAX_BYTES) return null;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}
