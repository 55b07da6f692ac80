import { describe, expect, it } from 'vitest';
import { finding } from '../test-data/finding.ts';
import { type NoticeFacts, toNotices } from './notices.ts';

const facts: NoticeFacts = {
  connection: { state: 'open', sinceMs: 0, retryAtMs: null },
  at: '2026-11-23T15:41:00Z',
  receivedAtMs: Date.parse('2026-11-23T15:41:00Z'),
  trouble: undefined,
  troubleSinceMs: undefined,
  parts: {},
  diagnoses: [],
  isEmpty: false,
  nowMs: Date.parse('2026-11-23T15:46:00Z'),
};
const since = '2026-11-23T15:44:00Z';

describe('toNotices(facts)', () => {
  it('is empty when all is well', () => {
    expect(toNotices({ ...facts, parts: { inbound: { state: 'fresh', since, message: null } } })).toEqual([]);
  });

  it('says since when the source is silent, and what to do', () => {
    const [notice] = toNotices({
      ...facts,
      trouble: 'prometheus refuses the connection; check --prometheus',
    });
    expect(notice).toMatchObject({
      tone: 'warn',
      title: 'From 15:41, 5 min old.',
      text: 'Prometheus refuses the connection; check --prometheus.',
    });
  });

  it('says so when there never was a number', () => {
    const [notice] = toNotices({
      ...facts,
      at: undefined,
      receivedAtMs: undefined,
      trouble: 'no answer',
      troubleSinceMs: facts.nowMs - 12_000,
    });
    expect(notice?.title).toBe('No numbers yet, for 12 s now.');
  });

  it('tells a lost server alone: the rest follows from it', () => {
    const connection = { state: 'lost', sinceMs: 0, retryAtMs: facts.nowMs + 3000 } as const;
    const notices = toNotices({ ...facts, connection, trouble: 'old trouble' });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ key: 'connection', retryAtMs: facts.nowMs + 3000 });
  });

  it('tells in one notice what Kubernetes keeps back, with the first reasons', () => {
    const denied = (what: string) =>
      ({ state: 'failed', since, message: `no right to list ${what}; grant it` }) as const;
    const [notice, ...others] = toNotices({
      ...facts,
      parts: {
        'kubernetes:pods': denied('pods'),
        'kubernetes:servers': denied('servers'),
        'kubernetes:egressNetworks': denied('egressnetworks'),
        'kubernetes:namespaces': { state: 'fresh', since, message: null },
      },
    });
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      title: 'Missing from Kubernetes: pods, servers, egress networks.',
      text: 'No right to list pods; grant it. No right to list servers; grant it. And 1 more of this kind: /api/inventory has them all.',
    });
  });

  it('does not list all of Kubernetes where all of it is away', () => {
    const away = { state: 'failed', since, message: 'the certificate is not trusted' } as const;
    const kinds = ['namespaces', 'pods', 'jobs', 'services', 'servers', 'grpcRoutes', 'cronjobs'];
    const parts = Object.fromEntries(kinds.map((kind) => [`kubernetes:${kind}`, away]));
    expect(toNotices({ ...facts, parts }).map(({ title }) => title)).toEqual([
      'Missing from Kubernetes: namespaces, pods, jobs, services, servers and 2 more.',
    ]);
  });

  it('calls kinds by the words of their names', () => {
    const away = { state: 'failed', since, message: 'refused' } as const;
    const kinds = ['serviceProfiles', 'tlsRoutes', 'trafficSplits'];
    const parts = Object.fromEntries(kinds.map((kind) => [`kubernetes:${kind}`, away]));
    expect(toNotices({ ...facts, parts }).map(({ title }) => title)).toEqual([
      'Missing from Kubernetes: service profiles, TLS routes, traffic splits.',
    ]);
  });

  it('says once that there are no numbers, where the finding that has the manifest says it', () => {
    const away = finding({
      ...{ code: 'store-away', severity: 'bad', what: 'no traffic is known: jo may not forward ports' },
      manifest: 'kind: Role',
    });
    const parts = { outbound: { state: 'failed', since, message: 'jo may not forward ports' } as const };
    const told = { ...facts, trouble: 'jo may not forward ports', parts, diagnoses: [away] };
    expect(toNotices(told)).toMatchObject([
      { tone: 'warn', title: 'No traffic is known: jo may not forward ports.', manifest: 'kind: Role' },
    ]);
    // Where nothing is drawn, the view tells the findings, and the notice why it is old.
    expect(toNotices({ ...told, isEmpty: true })).toMatchObject([{ key: 'trouble' }]);
  });

  it('leaves missing rights to the finding that has the manifest', () => {
    const part = {
      ...({ state: 'failed', since, message: 'no right to list pods (403)' } as const),
      missingRight: 'list pods in the whole cluster',
    };
    const jobs = { state: 'failed', since, message: 'the API server hangs' } as const;
    const told = finding({ code: 'kubernetes-rights', what: 'jo may not list pods', manifest: 'kind: Role' });
    const notices = toNotices({
      ...facts,
      parts: { 'kubernetes:pods': part, 'kubernetes:jobs': jobs },
      diagnoses: [told],
    });
    expect(notices.map(({ title, manifest }) => [title, manifest])).toEqual([
      ['Missing from Kubernetes: jobs.', undefined],
      ['Jo may not list pods.', 'kind: Role'],
    ]);
    expect(toNotices({ ...facts, parts: { 'kubernetes:pods': part } })).toHaveLength(1);
  });

  it('joins parts that have the same trouble', () => {
    const failed = { state: 'failed', since, message: 'the query ran out of time' } as const;
    const notices = toNotices({
      ...facts,
      parts: { inboundLatency: failed, outboundLatency: failed, open: { ...failed, state: 'stale' } },
    });
    expect(notices.map(({ title }) => title)).toEqual([
      'Missing: latencies of workloads, latencies of edges.',
      'From 15:44, 2 min old: open connections.',
    ]);
  });

  it('leaves to an empty view what it says itself, and to the window menu what is about the window', () => {
    const diagnoses = [
      finding({ code: 'no-tls-label', what: 'no label tls', remedy: 'keep it' }),
      finding({ code: 'window-widened', what: 'wider', remedy: 'scrape more often' }),
    ];
    expect(toNotices({ ...facts, diagnoses }).map(({ title }) => title)).toEqual(['No label tls.']);
    expect(toNotices({ ...facts, diagnoses, isEmpty: true })).toEqual([]);
  });
});
