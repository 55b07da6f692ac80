import { expect, it } from 'vitest';
import { SourceError } from '../../source-error.ts';
import { KINDS } from './kinds.ts';
import { unknownVersions } from './served.ts';

const signal = new AbortController().signal;
const MISSING = { source: 'kubernetes', kind: 'bad-answer', message: '', status: 404 } as const;

function clusterWith(versions: Readonly<Record<string, readonly string[]>>) {
  return {
    async json(path: string): Promise<unknown> {
      const [, , , version] = path.split('/');
      if (version === undefined) return { versions: Object.keys(versions).map((one) => ({ version: one })) };
      const resources = versions[version];
      if (!resources) throw new SourceError(MISSING);
      return { resources: resources.map((name) => ({ name })) };
    },
  };
}

it('unknownVersions(client, kind) are those that serve it and that nobody here knows', async () => {
  const ask = (versions: Parameters<typeof clusterWith>[0]) =>
    unknownVersions(clusterWith(versions), KINDS.tlsRoutes, signal);
  expect(await ask({ v1: ['httproutes'], v2: ['httproutes', 'tlsroutes'], v3: ['httproutes'] })).toEqual([
    'v2',
  ]);
  expect(await ask({ v1: ['httproutes'] })).toEqual([]);
  const none = { json: () => Promise.reject(new SourceError(MISSING)) };
  expect(await unknownVersions(none, KINDS.tlsRoutes, signal)).toEqual([]);
  expect(await unknownVersions(none, KINDS.pods, signal)).toEqual([]);
});
