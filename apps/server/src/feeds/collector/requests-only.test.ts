import { describe, expect, it } from 'vitest';
import type { AskScope } from '../../sources/prometheus/questions/ask-scope.ts';
import { inRequests } from '../../sources/prometheus/questions/requests-only.ts';
import { historyQuery } from '../../sources/prometheus/questions/start-up.ts';
import { QUESTIONS } from './questions/questions.ts';

const SCOPE: AskScope = {
  ...{ matchers: ['cluster="east"'], barePods: true, coarse: false, intervalSeconds: 10, windowSeconds: 60 },
  ...{
    withNew: true,
    newPods: null,
    renamed: true,
    oldPods: [],
    withoutVersions: false,
    isMetricsQl: false,
    probeRoutes: ['shop/live'],
    reaching: '.+-federated',
  },
  ...({ reach: 'all', sight: 'sum' } as const),
  ...{ commonBoundsMs: null, lastFromCount: false },
};
const RESPONSES = /\bresponse_total\b/;

describe('requests in the place of responses', () => {
  it('are asked for in all questions about responses', () => {
    const texts = [...QUESTIONS.map(({ text }) => text(SCOPE)), historyQuery(SCOPE)];
    const about = texts.filter((text) => RESPONSES.test(text));
    expect(about.length).toBeGreaterThan(5);
    for (const text of about) {
      const asked = inRequests(text, ['inbound', 'outbound']);
      expect(asked).not.toMatch(RESPONSES);
      expect(asked).toContain('request_total{direction=');
    }
  });

  it('are asked for on the side alone that has no responses', () => {
    const text = 'response_total{direction="inbound"} or response_total{direction="outbound"}';
    expect(inRequests(text, ['inbound'])).toBe(
      'request_total{direction="inbound"} or response_total{direction="outbound"}',
    );
    expect(inRequests(text, [])).toBe(text);
  });

  it('leave other families alone', () => {
    const text = 'route_response_total{direction="outbound"} or control_response_total{direction="outbound"}';
    expect(inRequests(text, ['inbound', 'outbound'])).toBe(text);
  });
});
