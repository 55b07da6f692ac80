// The checks on the recorded mesh beside what Linkerd's own command line said of it, by id. Exceptions are named in docs/health.md.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toChecks } from '../../src/mesh/health/checks/checks.ts';
import { toNotAsked } from '../../src/mesh/health/checks/not-asked.ts';
import { viewOf } from './health-view-of.ts';

const COMMANDS = ['check', 'check-proxy', 'viz-check'];
const STATE = { success: 'ok', warning: 'warning', error: 'failed' } as const;

function expected(command: string): Record<string, keyof typeof STATE> {
  const file = new URL(`../../../../recordings/expected-checks/${command}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Where Linkerd compares with its command line, we compare with the control plane. */
function titleOf(description: string): string {
  return description.replace(/and cli versions match$/, 'and control plane versions match');
}

/** `CATEGORY: TITLE` of each line of the table of exceptions. */
function documented(): string[] {
  const text = readFileSync(new URL('../../../../docs/health.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, id]) => id ?? '');
}

const view = await viewOf();
const checks = toChecks(view);
const notAsked = toNotAsked(view, new Set(checks.map(({ id }) => id)));

/** Ids of what came out otherwise here, or was not asked. */
function differing(command: string): string[] {
  return Object.entries(expected(command)).flatMap(([name, result]) => {
    const [category = '', description = ''] = name.split(': ');
    const own = checks.find((check) => check.category === category && check.title === titleOf(description));
    if (own) return own.state === STATE[result] ? [] : [own.id];
    const left = notAsked.find((one) => one.category === category && one.title === description);
    return [left?.id ?? `unknown here: ${name}`];
  });
}

describe('checks on the recording', () => {
  it.each(COMMANDS)('says the same as linkerd %s, or is documented', (command) => {
    const named = documented();
    expect(differing(command).filter((id) => !named.includes(id))).toEqual([]);
  });

  it('has an id of its own for each', () => {
    const ids = [...checks, ...notAsked].map(({ id }) => id);
    expect(ids).toHaveLength(new Set(ids).size);
  });

  it('documents no exception that is none', () => {
    const differ = new Set(COMMANDS.flatMap(differing));
    expect(documented().filter((id) => !differ.has(id))).toEqual([]);
  });
});
