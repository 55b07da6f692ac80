import { describe, expect, it } from 'vitest';
import { factsOf, sample } from '../../test/inputs/fake-store.ts';
import { calls, meshOf, received } from '../../test/inputs/mesh-of.ts';
import type { MeshAnswers } from './answers.ts';
import { type DiagnosisInput, toDiagnoses } from './diagnoses.ts';
import { isSilent, readSilence, refusedSilence } from './silence.ts';
import { toStoreFacts } from './store/store-facts.ts';
import { UNKNOWN_STORE } from './store/survey.ts';

function diagnose(answers: MeshAnswers, more: Partial<DiagnosisInput> = {}) {
  return toDiagnoses({
    answers,
    picture: meshOf(answers).picture(false),
    facts: toStoreFacts(factsOf(10)),
    survey: UNKNOWN_STORE,
    silence: null,
    windowSeconds: 60,
    windowAskedSeconds: 60,
    scrapeIntervalSeconds: 10,
    coarseLatency: false,
    reaches: {},
    warnings: [],
    lagSeconds: 0,
    strange: [],
    renamed: 0,
    guessedOwners: 0,
    ...more,
  });
}

const GOOD = {
  outbound: [calls('shop/front', 'shop/web', 1)],
  inbound: [received('shop/web', 'shop/front', 1)],
};
const codes = (found: ReturnType<typeof diagnose>) => found.map(({ code }) => code);
const families = (...names: string[]) => names.map((name) => sample({ family: name }, 3));
const age = (seconds: number) => sample({ fact: 'age' }, seconds);

describe('toDiagnoses(input)', () => {
  it('finds nothing to say of a healthy mesh', () => {
    expect(diagnose(GOOD)).toEqual([]);
  });

  it('each says what is and what to do', () => {
    const all = [
      ...diagnose({ inbound: [sample({ deployment: 'web' }, 1)] }),
      ...diagnose(GOOD, { coarseLatency: true, windowSeconds: 240, scrapeIntervalSeconds: 60 }),
    ];
    expect(all.length).toBe(4);
    for (const { what, remedy } of all) {
      expect(what).toMatch(/^[^.]+$/);
      expect(remedy.length).toBeGreaterThan(20);
    }
  });

  it('says so when Linkerd alone is scraped, whose picture is hidden', () => {
    const own = { namespace: 'linkerd', deployment: 'destination', control_plane_component: 'destination' };
    const row = sample({ ...own, tls: 'true', client_id: '', classification: 'success' }, 1);
    expect(codes(diagnose({ inbound: [row], outbound: [] }))).toEqual(['no-applications']);
    expect(codes(diagnose({ ...GOOD, inbound: [...GOOD.inbound, row] }))).toEqual([]);
  });

  it('says so when pods are stored under a namespace that they do not run in', () => {
    const place = (namespace: string, runsIn: string) =>
      sample({ fact: 'places', namespace, workload_ns: runsIn }, 2);
    const facts = toStoreFacts([...factsOf(10), place('shop', 'shop'), place('team-a', 'shop')]);
    expect(diagnose(GOOD, { facts })).toMatchObject([
      {
        code: 'namespace-overwritten',
        what: expect.stringMatching(/^2 proxies that run in shop .* team-a/),
      },
    ]);
    expect(diagnose(GOOD, { facts: toStoreFacts([...factsOf(10), place('shop', 'shop')]) })).toEqual([]);
  });

  it('says how many proxies got other labels, and no number where the store says none', () => {
    const said = (renamed: number | null) => diagnose(GOOD, { renamed }).map(({ what }) => what.slice(0, 24));
    expect(said(0)).toEqual([]);
    expect(said(1)).toEqual(['1 proxy is stored under ']);
    expect(said(3)).toEqual(['3 proxies are stored und']);
    expect(said(null)).toEqual(['some proxies are stored ']);
  });

  it('names labels that a scrape configuration lacks (truth rule 9)', () => {
    const without = sample({ deployment: 'web', pod: 'web-1', tls: 'true', classification: 'success' }, 1);
    expect(codes(diagnose({ ...GOOD, inbound: [without] }))).toEqual(['missing-labels']);

    const pods = ['a', 'b'].map((pod) =>
      sample({ namespace: 'shop', pod, tls: 'true', classification: 'success' }, 1),
    );
    expect(codes(diagnose({ inbound: pods, outbound: [] }))).toEqual(['no-owner-labels']);
    expect(codes(diagnose({ ...GOOD, inbound: [...GOOD.inbound, ...pods] }))).toEqual([]);

    const noTls = received('shop/web', 'shop/front', 1, { tls: '', client_id: '' });
    expect(codes(diagnose({ ...GOOD, inbound: [noTls] }))).toEqual(['no-tls-label']);
  });

  it('says that the window was widened, and by what (truth rule 6)', () => {
    const [found] = diagnose(GOOD, { windowSeconds: 240, scrapeIntervalSeconds: 60 });
    expect(found).toMatchObject({ code: 'window-widened' });
    expect(found?.what).toMatch(/4 min instead of 1 min.*every 60 s/);
  });

  it('sees several proxies that are stored under one set of labels', () => {
    const facts = toStoreFacts([...factsOf(10), sample({ fact: 'mixed' }, 2)]);
    const [mixed] = diagnose(GOOD, { facts });
    expect(mixed).toMatchObject({ code: 'proxies-mixed', severity: 'bad' });
    expect(mixed?.what).toContain('2 sets of labels hold the counters of several proxies');
  });

  it('sees proxies that are stored twice, and ones too old to count broken calls (truth rule 13)', () => {
    const proxies = (count: number, version: string, more = {}) =>
      sample({ fact: 'proxies', version, ...more }, count);
    const pods = sample({ fact: 'pods' }, 4);
    const facts = (...rows: ReturnType<typeof sample>[]) => ({ facts: toStoreFacts([...rows, pods]) });
    const named = sample({ fact: 'named' }, 8);
    expect(codes(diagnose(GOOD, facts(proxies(8, 'v2.366.0'), named)))).toEqual(['scraped-twice']);
    // Without the names of single proxies nothing is said of copies.
    expect(codes(diagnose(GOOD, facts(proxies(8, 'v2.366.0'))))).toEqual([]);
    expect(codes(diagnose(GOOD, facts(proxies(3, 'v2.366.0'), proxies(1, 'v2.246.0'))))).toEqual([]);
    const [old] = diagnose(GOOD, facts(proxies(3, 'v2.366.0'), proxies(1, 'v2.221.0')));
    expect(old).toMatchObject({ code: 'old-proxies', what: expect.stringContaining('1 of 4 proxies') });
    const pushed = facts(proxies(4, 'release-7', { exported_version: 'v2.221.0' }));
    expect(codes(diagnose(GOOD, pushed))).toEqual(['old-proxies']);
    expect(codes(diagnose(GOOD, facts(proxies(4, 'enterprise-2.19.1'))))).toEqual([]);
  });
});

describe('a store where nothing moves', () => {
  const why = (answers: MeshAnswers, ...rows: ReturnType<typeof sample>[]) =>
    codes(diagnose(answers, { facts: null, silence: readSilence(rows) }));
  const nothing = { inbound: [], outbound: [] };

  it('is told by answers without a rate, not by a mesh at rest', () => {
    expect(isSilent(nothing)).toBe(true);
    expect(isSilent({ inbound: [received('shop/web', '', 0)], outbound: [] })).toBe(false);
    expect(isSilent({ outbound: [] })).toBe(false);
  });

  it('is empty, has no Linkerd, no traffic yet, or is no longer scraped', () => {
    expect(why(nothing)).toEqual(['empty']);
    expect(why(nothing, ...families('up'))).toEqual(['no-linkerd-metrics']);
    expect(why(nothing, ...families('up', 'proxy_build_info'), age(3))).toEqual(['no-traffic']);
    expect(why(nothing, ...families('up'), age(600))).toEqual(['stale-data']);
    expect(why(nothing, age(Number.NaN))).toEqual(['empty']);
  });

  it('claims none of these when the store refused the question (truth rule 20)', () => {
    const silence = refusedSilence('regular expressions on __name__ are not allowed');
    const [found, ...others] = diagnose(nothing, { facts: null, silence });
    expect(others).toEqual([]);
    expect(found?.code).toBe('silence-unexplained');
    expect(found?.what).toContain('refused the question why: regular expressions on __name__');
  });

  it('is stale even while its connections are still drawn', () => {
    const answers = { ...nothing, open: [sample({ ...calls('shop/front', 'shop/web', 1).labels }, 2)] };
    expect(why(answers, ...families('up', 'proxy_build_info'), age(130))).toEqual(['stale-data']);
    expect(why(answers, ...families('up', 'proxy_build_info'), age(3))).toEqual([]);
  });
});

describe('toStoreFacts(samples)', () => {
  it('rounds the crumbs of clocks away, and knows no interval where there is none', () => {
    expect(toStoreFacts(factsOf(9.9987)).intervalSeconds).toBe(10);
    expect(toStoreFacts(factsOf(2.5)).intervalSeconds).toBe(2.5);
    for (const nothing of [Number.NaN, Infinity, -1, 0, 0.01])
      expect(toStoreFacts(factsOf(nothing)).intervalSeconds).toBeNull();
    expect(toStoreFacts([])).toMatchObject({ intervalSeconds: null, proxies: 0, pods: 0, workloads: 0 });
  });
});
