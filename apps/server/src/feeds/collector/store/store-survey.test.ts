import { beforeEach, describe, expect, it } from 'vitest';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { copiesQuery, podsByQuery, proxyQuery } from '../../../sources/prometheus/questions/copies.ts';
import { calledPodsQuery, podsHereQuery } from '../../../sources/prometheus/questions/endpoints.ts';
import {
  boundsQuery,
  dottedQuery,
  familiesQuery,
  labelsQuery,
} from '../../../sources/prometheus/questions/survey.ts';
import type { Labels, Sample } from '../../../sources/prometheus/sample.ts';
import { SourceError } from '../../../sources/source-error.ts';
import { StoreSurvey } from './store-survey.ts';

const LATE = new SourceError({ source: 'prometheus', kind: 'timed-out', message: 'late', remedy: 'wait' });
const MISTAKE = new SourceError({ source: 'prometheus', kind: 'bad-answer', message: 'parse error' });
const one = (labels: Labels): Sample => ({ labels, value: 1 });

const POD = { namespace: 'shop', pod: 'api-1', instance: '10.21.1.5:4191' };
const HERE = [one({ ...POD, deployment: 'api' })];
const toApi = (dst_pod: string, target_addr: string) =>
  one({ dst_namespace: 'shop', dst_deployment: 'api', dst_service: 'api-federated', dst_pod, target_addr });
const CALLED = [toApi('api-1', '10.21.1.5:8080'), toApi('api-9', '10.99.1.5:8080')];

const CALLED_PODS = calledPodsQuery([]);
const PODS_HERE = podsHereQuery([], 600);
const COPIES = copiesQuery([]);
const FAMILIES = familiesQuery([]);

let nowMs: number;
let answers: Map<string, readonly Sample[]>;
let failing: Set<string>;
let asked: string[];
let trouble: SourceError;
let survey: StoreSurvey;

beforeEach(() => {
  nowMs = 0;
  answers = new Map([[FAMILIES, [one({ family: 'response_total', direction: 'inbound' })]]]);
  failing = new Set();
  asked = [];
  trouble = LATE;
  const client = {
    query: async (text: string) => {
      asked.push(text);
      if (failing.has(text)) throw trouble;
      return [...(answers.get(text) ?? [])];
    },
  } as unknown as PrometheusClient;
  survey = new StoreSurvey({ client, matchers: () => [], now: () => nowMs });
});

async function settle(afterSeconds = 0): Promise<void> {
  nowMs += afterSeconds * 1000;
  await survey.settled(nowMs / 1000, new AbortController().signal);
  // After the first time it is asked in passing.
  await new Promise((resolve) => setImmediate(resolve));
}

describe('a survey of which a question is not answered', () => {
  it.each([
    ['who is called', CALLED_PODS],
    ['who is here', PODS_HERE],
  ])('knows as before which calls may go elsewhere (%s)', async (_, text) => {
    answers.set(CALLED_PODS, CALLED).set(PODS_HERE, HERE);
    await settle();
    expect(survey.known.called?.elsewhere?.reaching).toBe('.+-federated');
    failing.add(text);
    await settle(300);
    expect(survey.known.called?.elsewhere?.reaching).toBe('.+-federated');
  });

  it('counts every proxy once, as before', async () => {
    const first = { ...POD, __name__: 'proxy_build_info', replica: 'a' };
    const second = { ...first, replica: 'b' };
    const which = ['namespace="shop"', 'pod="api-1"', `instance="${POD.instance}"`];
    answers
      .set(COPIES, [one(POD)])
      .set(proxyQuery(which, []), [one(first), one(second)])
      .set(podsByQuery('replica', []), [one(first), one(second)]);
    await settle();
    expect(survey.matchers).toEqual(['replica="a"']);
    failing.add(COPIES);
    await settle(300);
    expect(survey.matchers).toEqual(['replica="a"']);
  });

  it('reads names with dots as before, and takes them for none where the store does not', async () => {
    answers.set(labelsQuery([]), [one({ lacks: 'namespace' })]);
    answers.set(dottedQuery([]), [one({ other: 'k8s.namespace.name' })]);
    await settle();
    expect(survey.isRenamed).toBe(true);
    failing.add(dottedQuery([]));
    await settle(300);
    expect(survey.isRenamed).toBe(true);
    trouble = MISTAKE;
    await settle(300);
    expect(survey.isRenamed).toBe(false);
  });

  it('knows what is stored as before, and asks again soon', async () => {
    await settle();
    failing.add(boundsQuery([]));
    await settle(300);
    expect(survey.known.families?.count('response_total')).toBe(1);
    asked.splice(0);
    await settle(15);
    expect(asked).not.toEqual([]);
  });
});

it('asks anew for the first Service that somebody calls', async () => {
  answers.set(PODS_HERE, HERE);
  await settle();
  expect(survey.known.called?.names.size).toBe(0);
  asked.splice(0);
  survey.meet(['shop/api-federated']);
  answers.set(CALLED_PODS, CALLED);
  await settle(15);
  expect(survey.known.called?.elsewhere?.reaching).toBe('.+-federated');
});
