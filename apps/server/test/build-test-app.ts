// The real app with the outside world in the test's hand. Closed when the test ends.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AppFakes, type AppOptions, buildApp } from '../src/app.ts';
import { type Config, readConfig } from '../src/config.ts';
import { answersOf, createFakeSource, type FakeSource } from './inputs/fake-mesh.ts';

export interface TestAppOptions {
  readonly args?: readonly string[];
  readonly source?: FakeSource;
  readonly fakes?: AppFakes;
  /** The page's index.html; null is a page that was never built. */
  readonly page?: string | null;
  /** The one script that it has. */
  readonly script?: string;
  readonly more?: Partial<AppOptions>;
}

export const PAGE = '<!doctype html><html><head><title>Latchwork</title></head><body></body></html>';

export function testConfig(args: readonly string[] = []): Config {
  const result = readConfig({
    args: ['--prometheus', 'http://prometheus.test:9090', ...args],
    environment: {},
    checkFile: () => undefined,
  });
  if (result.kind !== 'config') throw new Error(JSON.stringify(result));
  return result.config;
}

export async function buildTestApp({
  args = [],
  source = createFakeSource({ rps: 2 }),
  fakes = {},
  page = PAGE,
  script = '',
  more = {},
}: TestAppOptions = {}) {
  const webRoot = mkdtempSync(join(tmpdir(), 'latchwork-page-'));
  if (page !== null) {
    writeFileSync(join(webRoot, 'index.html'), page);
    writeFileSync(join(webRoot, 'embed.html'), '<!doctype html><html><head></head><body></body></html>');
    mkdirSync(join(webRoot, 'assets'));
    writeFileSync(join(webRoot, 'assets', 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(webRoot, 'assets', 'embed.js'), script);
  }
  const app = await buildApp({
    config: testConfig(args),
    version: '1.2.3',
    webRoot,
    fakes: { answers: answersOf(source), checkPrometheus: async () => undefined, ...fakes },
    ...more,
  });
  await app.ready();
  onTestFinished(async () => {
    await app.close();
    rmSync(webRoot, { recursive: true });
  });
  return app;
}

/** What a browser on this machine sends. */
export const LOCAL = { host: 'localhost:8470' };
