// A look at health → its checks, each with its finding where there is something to do. Pure; a check that breaks cannot tell.

import type { Check, CheckState } from '@latchwork/shared/health/check';
import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../../findings/finding.ts';
import type { HealthView } from '../health-view.ts';
import { sentence } from '../sentence.ts';
import { CHECK_RULES } from './check-rules.ts';
import { type CheckRule, unknown, type Verdict } from './verdict.ts';

const SEVERITY = { failed: 'bad', warning: 'warn', unknown: 'info' } as const;

/** A sentence of a log may be as long as it likes; a check's is not. */
const MOST_CHARACTERS = 1_000;

export function toChecks(view: HealthView, rules: readonly CheckRule[] = CHECK_RULES): Check[] {
  return rules.flatMap((rule) => {
    const verdict = judgedSafely(rule, view);
    return verdict === null ? [] : [toCheck(rule, verdict)];
  });
}

function judgedSafely({ judge }: CheckRule, view: HealthView): Verdict | null {
  try {
    return judge(view);
  } catch (error) {
    return unknown({
      why: `this check came upon something that it does not know: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'report it with the versions of Linkerd and Kubernetes',
      right: null,
    });
  }
}

function toCheck({ id, category, title }: CheckRule, verdict: Verdict): Check {
  const evidence = verdict.evidence === null ? null : cut(verdict.evidence);
  return {
    ...{ id, category, title, evidence },
    state: verdict.state,
    finding:
      verdict.state === 'ok' ? null : findingOf(id, title, { ...verdict, evidence, state: verdict.state }),
    since: null,
    was: null,
    changes: null,
  };
}

function findingOf(
  id: string,
  title: string,
  { state, evidence, advice, missingRight }: Verdict & { state: Exclude<CheckState, 'ok'> },
): Finding {
  return toFinding({
    code: `check:${id}`,
    severity: SEVERITY[state],
    what:
      state === 'unknown' ? `Cannot tell: ${title}` : `${title}: ${state === 'failed' ? 'no' : 'look at it'}`,
    evidence,
    missingRight,
    ...(advice ?? {}),
    remedy: sentence(advice?.remedy ?? ''),
  });
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
