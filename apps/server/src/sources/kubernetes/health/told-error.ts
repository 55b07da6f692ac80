// Why one object could not be read, in a way that a check can repeat: with the right that is missing, where it is that.

import { SourceError } from '../../source-error.ts';
import type { Told } from '../../told.ts';
import { type AccessRule, rulePhrase } from '../rights/missing-rule.ts';

export function toTold(error: unknown, rule: AccessRule | null): Told<never> {
  if (!(error instanceof SourceError)) throw error;
  if (error.status === 404) return { state: 'absent' };
  const right = error.status === 403 && rule ? rulePhrase(rule) : null;
  return {
    state: 'untold',
    why: right ? `the identity in use may not ${right}` : error.message,
    remedy: right
      ? `grant it: ${right}`
      : (error.remedy ?? 'ask again later: the API server is asked anew at each look'),
    right,
  };
}
