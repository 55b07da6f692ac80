import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeStore, factsOf, sample } from '../../../test/inputs/fake-store.ts';
import type { PartName } from '../../mesh/answers.ts';
import { toGraph } from '../../mesh/graph.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import { SourceError } from '../../sources/source-error.ts';
import { createCollector } from './collector.ts';
import { pairWants } from './questions/pod-pairs.ts';
import { ROUTE_WANTS } from './questions/routes.ts';
import { statWants } from './questions/stat.ts';

const TRAFFIC = ['unreached', 'refused', 'admitted', 'inbound', 'outbound', 'connections'];
/** First whether anything is new: else nobody asks for it. */
const QUICK = ['added', ...TRAFFIC];
const START_UP = ['start', 'age', 'facts', 'dialect', 'history'];
const LATENCY = ['inboundLatency', 'outboundLatency', 'open', 'volume'];
/** By turns, after all of them at once. */
const WITH_VOLUME = [...QUICK, 'volume'];
const WITH_LATENCY = [...QUICK, 'inboundLatency', 'outboundLatency', 'open'];
const OF_SERVICES = ['serviceResponses', 'serviceCounts', 'serviceLatency'];
const MINUTE = { windowSeconds: 60, atSeconds: null };
const GONE = new SourceError({
  source: 'prometheus',
  kind: 'unreachable',
  message: 'http://prometheus cannot be reached: nothing listens there',
  remedy: 'start it',
});
const HEAVY = new SourceError({
  source: 'prometheus',
  kind: 'too-much',
  message: 'too many samples',
  remedy: 'narrow it',
});

const BAD = { source: 'prometheus', kind: 'bad-answer', message: '', remedy: '', status: 400 } as const;

function watching() {
  const seen: { meshes: Mesh[]; troubles: unknown[] } = { meshes: [], troubles: [] };
  return {
    ...seen,
    data: (mesh: Mesh) => void seen.meshes.push(mesh),
    trouble: (error: unknown) => void seen.troubles.push(error),
  };
}

let store: FakeStore;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T15:47:10Z') });
  store = new FakeStore();
});
afterEach(() => {
  vi.useRealTimers();
});

function create(defaultAtSeconds: number | null = null) {
  return createCollector({ client: store, matchers: [], defaultAtSeconds });
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

function states(mesh: Mesh | undefined) {
  return Object.fromEntries(Object.entries(mesh?.parts ?? {}).map(([part, { state }]) => [part, state]));
}

it('shows no mesh where each question is refused for itself', async () => {
  const viewer = watching();
  for (const part of [...TRAFFIC, ...LATENCY] as PartName[])
    store.failing.set(part, new SourceError({ ...BAD, message: `${part} was answered with 400` }));
  const stop = create().subscribe(MINUTE, viewer);
  await seconds(1);
  expect(viewer.meshes).toEqual([]);
  expect(viewer.troubles).toMatchObject([{ kind: 'bad-answer' }]);
  stop();
});

describe('what the collector asks', () => {
  it('is 7 questions each scrape interval, 8 with bytes and 10 with latency every third time, and start-up once', async () => {
    create().subscribe(MINUTE, watching());
    await seconds(1);
    expect(store.takeAsked()).toEqual([...START_UP, ...TRAFFIC, ...LATENCY]);
    await seconds(8);
    expect(store.takeAsked()).toEqual([]);
    await seconds(6);
    expect(store.takeAsked()).toEqual(WITH_VOLUME);
    await seconds(10);
    expect(store.takeAsked()).toEqual(QUICK);
    await seconds(10);
    expect(store.takeAsked()).toEqual(WITH_LATENCY);
    await seconds(260);
    expect(store.takeAsked().filter((name) => name === 'facts' || name === 'history')).toEqual([]);
  });

  it('names the pods that have new series, unless they are many or nobody counts some', async () => {
    const fact = (name: string, value: number, pod?: string) =>
      sample({ fact: name, ...(pod === undefined ? {} : { pod }) }, value);
    const textOf = async (...answer: Sample[]) => {
      store.answers.set('added', answer);
      store.takeAsked();
      await seconds(10);
      return store.asked.findLast(({ name }) => name === 'outbound')?.text ?? '';
    };
    create().subscribe(MINUTE, watching());
    await seconds(5);
    const told = fact('told', 3);
    const ofAll = /min_over_time\((?!.*pod=)/;
    expect(await textOf(told)).not.toContain('min_over_time');
    expect(await textOf(told, fact('added', 2, 'web-1'))).toMatch(/min_over_time\(.*pod="web-1"/);
    expect(await textOf(told, fact('added', 2, ''))).toMatch(ofAll);
    expect(await textOf(fact('untold', 1), told)).toMatch(ofAll);
    const many = Array.from({ length: 13 }, (_, index) => fact('added', 1, `web-${index}`));
    expect(await textOf(told, ...many)).toMatch(ofAll);
    expect(await textOf()).toMatch(ofAll);
  });

  it('is the same for 1 and 20 viewers, who all get the same value', async () => {
    const collector = create();
    const viewers = Array.from({ length: 20 }, watching);
    const [first] = viewers;
    for (const viewer of viewers) collector.subscribe(MINUTE, viewer);
    await seconds(31);
    const asked = store.takeAsked().length;
    expect(asked).toBe(5 + 10 + 8 + 7 + 10);
    // Whoever is overtaken by the whole of it does without the traffic alone.
    const whole = ({ meshes }: { meshes: readonly Mesh[] }) => meshes.filter(({ isWhole }) => isWhole);
    for (const viewer of viewers) expect(whole(viewer)).toEqual(first && whole(first));
    // The first of them is the traffic alone.
    expect(first?.meshes.map(({ isWhole }) => isWhole)).toEqual([false, true, true, true, true]);
  });

  it('shows the traffic as soon as it is known, and what is slower follows into it', async () => {
    store.delays.set('inboundLatency', 15_000);
    const collector = create();
    const viewer = watching();
    collector.subscribe(MINUTE, viewer);
    const read = collector.read(MINUTE);
    await seconds(1);
    const [early] = viewer.meshes;
    expect(early?.picture(false).edges).toHaveLength(1);
    expect(states(early)).toMatchObject({ outbound: 'fresh', connections: 'fresh' });
    expect(states(early)).not.toHaveProperty('inboundLatency');
    await seconds(15);
    expect(viewer.meshes).toHaveLength(2);
    const [, whole] = viewer.meshes;
    expect(states(whole)).toMatchObject({ inboundLatency: 'fresh' });
    // Whoever reads once waits for all of it.
    expect(await read).toBe(whole);
  });

  it('is nothing without viewers, and what is on its way is let go', async () => {
    const collector = create();
    const stop = collector.subscribe(MINUTE, watching());
    await seconds(1);
    stop();
    store.takeAsked();
    await seconds(600);
    expect(store.takeAsked()).toEqual([]);

    store.delayMs = 3000;
    const again = collector.subscribe(MINUTE, watching());
    await seconds(1);
    again();
    expect(store.aborted).toBeGreaterThan(0);
    store.takeAsked();
    await seconds(600);
    expect(store.takeAsked()).toEqual([]);
  });

  it('waits for the last answer, and twice as long as a slow store took', async () => {
    store.delayMs = 4000;
    create().subscribe(MINUTE, watching());
    await seconds(9);
    expect(store.takeAsked().length).toBe(15);
    await seconds(6);
    expect(store.takeAsked()).toEqual([]);
    await seconds(6);
    expect(store.takeAsked()).toEqual(WITH_VOLUME);
  });

  it('asks about a moment once', async () => {
    const viewer = watching();
    create().subscribe({ windowSeconds: 60, atSeconds: 1_795_448_830 }, viewer);
    await seconds(600);
    expect(store.asked.every(({ atSeconds }) => atSeconds === 1_795_448_830)).toBe(true);
    expect(store.takeAsked().length).toBe(15);
    expect(viewer.meshes.length).toBe(2);
  });

  it('asks one collection for each window and moment, and takes the default moment for none', async () => {
    const collector = create(1_795_448_830);
    collector.subscribe(MINUTE, watching());
    collector.subscribe({ windowSeconds: 60, atSeconds: 1_795_448_830 }, watching());
    collector.subscribe({ windowSeconds: 300, atSeconds: null }, watching());
    await seconds(60);
    expect(store.takeAsked().length).toBe(2 * 15);
  });

  it('asks by pod until an answer shows that every pod has an owner, and again when one has none', async () => {
    create().subscribe(MINUTE, watching());
    await seconds(1);
    const byPod = () => store.asked.splice(0).some(({ text }) => text.includes(', pod, dst_pod)'));
    expect(byPod()).toBe(true);
    await seconds(10);
    expect(byPod()).toBe(false);
    store.answers.set('inbound', [sample({ namespace: 'shop', tls: 'true', classification: 'success' }, 1)]);
    await seconds(10);
    expect(byPod()).toBe(false);
    await seconds(10);
    expect(byPod()).toBe(true);
  });

  it('asks by pod for no row of a Service or a route, which has no owner anyway', async () => {
    const SERVICE = { dst_namespace: 'shop', dst_service: 'web' };
    store.answers.set('serviceResponses', [sample({ ...SERVICE, classification: 'success' }, 4)]);
    create().subscribe(MINUTE, watching(), statWants('service'));
    await seconds(1);
    store.asked.splice(0);
    await seconds(10);
    expect(store.asked.map(({ name }) => name)).toContain('serviceResponses');
    const outbound = store.asked.find(({ name }) => name === 'outbound');
    expect(outbound?.text).not.toContain('dst_pod');
  });

  it('asks by pod as long as the last answer had such rows, though the next one failed', async () => {
    const BARE = { namespace: 'shop', pod: 'lonely', dst_namespace: 'shop', dst_deployment: 'web' };
    store.answers.set('outbound', [sample({ ...BARE, classification: 'success' }, 1)]);
    create().subscribe(MINUTE, watching());
    await seconds(1);
    store.failing.set('outbound', HEAVY);
    await seconds(10);
    store.asked.splice(0);
    await seconds(10);
    expect(store.asked.find(({ name }) => name === 'outbound')?.text).toContain('dst_pod');
  });

  it('asks for 14 bounds in a large mesh and of a slow store, and says so', async () => {
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    const isBrief = () =>
      store.asked.splice(0).some(({ name, text }) => name === 'inboundLatency' && text.includes('le=~'));
    await seconds(1);
    expect(isBrief()).toBe(false);
    store.delayMs = 1200;
    await seconds(33);
    store.delayMs = 500;
    store.asked.splice(0);
    await seconds(33);
    expect(isBrief()).toBe(true);
    expect(viewer.meshes.at(-1)?.diagnoses.map(({ code }) => code)).toEqual(['coarse-latency']);
    store.delayMs = 100;
    await seconds(66);
    expect(viewer.meshes.at(-1)?.diagnoses).toEqual([]);

    store.answers.set('facts', factsOf(10, 301));
    create().subscribe({ windowSeconds: 120, atSeconds: 5_000 }, viewer);
    store.asked.splice(0);
    await seconds(1);
    expect(isBrief()).toBe(true);
  });
});

describe('the window', () => {
  it('is never shorter than four scrapes of the measured interval (truth rule 6)', async () => {
    store.answers.set('facts', factsOf(29.98));
    const mesh = await Promise.all([create().read({ windowSeconds: 60, atSeconds: 7 }), seconds(1)]);
    expect(mesh[0]).toMatchObject({ windowSeconds: 120, windowAskedSeconds: 60, scrapeIntervalSeconds: 30 });
    expect(store.asked.find(({ name }) => name === 'inbound')?.text).toContain('[120s]');
    expect(mesh[0].diagnoses.map(({ code }) => code)).toEqual(['window-widened']);
  });

  it('stays as asked while the interval is unknown, which is asked again ever more rarely', async () => {
    store.answers.set('facts', factsOf(null));
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(290);
    expect(viewer.meshes[0]).toMatchObject({ windowSeconds: 60, scrapeIntervalSeconds: null });
    const facts = store.takeAsked().filter((name) => name === 'facts').length;
    expect(facts).toBeGreaterThan(1);
    expect(facts).toBeLessThanOrEqual(8);
    store.answers.set('facts', factsOf(10));
    await seconds(300);
    expect(viewer.meshes.at(-1)?.scrapeIntervalSeconds).toBe(10);
  });
});

describe('collector.read(span)', () => {
  it('is a viewer until it is answered, and shares what others see', async () => {
    const collector = create();
    const both = Promise.all([collector.read(MINUTE), collector.read(MINUTE), seconds(1)]);
    const [one, other] = await both;
    expect(one).toBe(other);
    expect(store.takeAsked().length).toBe(15);
    await seconds(5);
    expect(await collector.read(MINUTE)).toBe(one);
    await seconds(300);
    expect(store.takeAsked()).toEqual([]);
  });

  it('waits for what was not asked about yet, whatever others see', async () => {
    const collector = create();
    await Promise.all([collector.read(MINUTE), seconds(1)]);
    const place = pairWants('shop');
    const reading = collector.read(MINUTE, place);
    await seconds(12);
    expect((await reading).parts['pairResponses']?.state).toBe('fresh');
  });

  it('asks for what nobody wanted so far at once, while others look, and for nothing besides', async () => {
    const collector = create();
    collector.subscribe(MINUTE, watching());
    await seconds(3);
    store.takeAsked();
    const [mesh] = await Promise.all([collector.read(MINUTE, statWants('service')), seconds(0.1)]);
    expect(states(mesh)).toMatchObject({ serviceResponses: 'fresh', serviceLatency: 'fresh' });
    expect(
      store.asked.every(({ atSeconds }) => atSeconds === Date.parse('2026-11-23T15:47:10Z') / 1000),
    ).toBe(true);
    expect(store.takeAsked()).toEqual(['added', ...OF_SERVICES]);
    // The others are asked when they would have been.
    await seconds(6);
    expect(store.takeAsked()).toEqual([]);
    await seconds(2);
    expect(store.takeAsked()).toEqual(WITH_VOLUME);
  });

  it('asks so no more often than once in a second, however many come', async () => {
    const collector = create();
    collector.subscribe(MINUTE, watching());
    await seconds(3);
    store.takeAsked();
    for (let i = 0; i < 20; i++) collector.subscribe(MINUTE, watching(), statWants('service'));
    await seconds(0.1);
    expect(store.takeAsked()).toEqual(['added', ...OF_SERVICES]);
    const viewer = watching();
    collector.subscribe(MINUTE, viewer, ROUTE_WANTS);
    await seconds(0.8);
    expect(store.takeAsked()).toEqual([]);
    await seconds(0.2);
    expect(store.takeAsked()).toContain('routeBackends');
    expect(states(viewer.meshes.at(-1))).toMatchObject({ routeBackends: 'fresh', serviceCounts: 'fresh' });
  });

  it('asks for what came into view during a round right after it', async () => {
    const collector = create();
    collector.subscribe(MINUTE, watching());
    await seconds(5);
    store.delays.set('inbound', 2000);
    await seconds(6);
    const viewer = watching();
    collector.subscribe(MINUTE, viewer, statWants('service'));
    await seconds(2);
    expect(states(viewer.meshes.at(-1))).toMatchObject({ serviceResponses: 'fresh' });
  });

  it('says at once why what it asks for alone is not answered, and leaves it to the next rounds', async () => {
    const collector = create();
    collector.subscribe(MINUTE, watching());
    await seconds(3);
    store.failing.set('serviceCounts', HEAVY);
    const [mesh] = await Promise.all([collector.read(MINUTE, statWants('service')), seconds(0.1)]);
    expect(states(mesh)).toMatchObject({
      serviceCounts: 'failed',
      serviceResponses: 'fresh',
      inbound: 'fresh',
    });
    store.takeAsked();
    await seconds(5);
    expect(store.takeAsked()).toEqual([]);
  });

  it('asks a store in trouble for nothing beyond its turn', async () => {
    const collector = create();
    collector.subscribe(MINUTE, watching());
    await seconds(3);
    store.outage = GONE;
    await seconds(8);
    store.takeAsked();
    const [mesh] = await Promise.all([collector.read(MINUTE, statWants('service')), seconds(3)]);
    expect(states(mesh)).toMatchObject({ inbound: 'stale' });
    expect(store.takeAsked()).not.toContain('serviceCounts');
  });

  it('rejects with the trouble when there is no value at all', async () => {
    store.outage = GONE;
    const answer = expect(create().read(MINUTE)).rejects.toBe(GONE);
    await seconds(1);
    await answer;
  });

  it('takes the last value, marked stale, when nothing newer comes', async () => {
    const collector = create();
    const [fresh] = await Promise.all([collector.read(MINUTE), seconds(1)]);
    store.outage = GONE;
    await seconds(12);
    const [stale] = await Promise.all([collector.read(MINUTE), seconds(1)]);
    expect(stale.picture(false)).toBe(fresh.picture(false));
    const { history, ...questions } = states(stale);
    expect(history).toBe('fresh');
    expect(new Set(Object.values(questions))).toEqual(new Set(['stale']));
    expect(stale.parts['inbound']).toMatchObject({ state: 'stale', message: `${GONE.message}; start it` });
  });
});

describe('the grace after the last viewer', () => {
  it('makes a reload instant, and then forgets', async () => {
    const collector = create();
    const stop = collector.subscribe(MINUTE, watching());
    await seconds(1);
    stop();
    await seconds(5);
    const back = watching();
    const stopAgain = collector.subscribe(MINUTE, back);
    expect(back.meshes.length).toBe(1);
    stopAgain();
    await seconds(60);
    const late = watching();
    collector.subscribe(MINUTE, late);
    expect(late.meshes.length).toBe(0);
  });
});

describe('a question that fails alone', () => {
  it('leaves the others, keeps its last good answer, and says since when and what to do', async () => {
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(1);
    store.failing.set('refused', HEAVY);
    store.failing.set('outbound', HEAVY);
    await seconds(20);
    const mesh = viewer.meshes.at(-1)!;
    expect(mesh.parts['outbound']).toEqual({
      state: 'stale',
      since: expect.stringMatching(/^2026-11-23T15:47:20/),
      message: 'too many samples; narrow it',
      at: expect.stringMatching(/^2026-11-23T15:47:10/),
    });
    expect(mesh.parts['inbound']?.state).toBe('fresh');
    const graph = toGraph(mesh, { namespaces: [], noise: 'hide' });
    expect(graph.edges[0]).toMatchObject({ http: { rps: 4, successRate: 0.75 }, lock: { state: 'secured' } });
    expect(viewer.troubles).toEqual([]);
    store.failing.clear();
    await seconds(10);
    expect(new Set(Object.values(states(viewer.meshes.at(-1))))).toEqual(new Set(['fresh']));
  });

  it('is "failed" when it was never answered', async () => {
    store.failing.set('unreached', HEAVY);
    const [mesh] = await Promise.all([create().read(MINUTE), seconds(1)]);
    expect(mesh.parts['unreached']?.state).toBe('failed');
  });

  it('is asked again at the normal pace, and a dear one soon only at its turn', async () => {
    store.failing.set('outboundLatency', HEAVY);
    create().subscribe(MINUTE, watching());
    await seconds(121);
    const asked = store.takeAsked();
    expect(asked.filter((name) => name === 'inbound').length).toBe(13);
    expect(asked.filter((name) => name === 'outboundLatency').length).toBeLessThanOrEqual(8);
    expect(asked.filter((name) => name === 'inboundLatency').length).toBe(5);
  });
});

describe('a store that is gone', () => {
  it('is knocked at with one question every 2 s, and right within one refresh when it is back', async () => {
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(11);
    store.outage = GONE;
    await seconds(10);
    expect(viewer.troubles.at(-1)).toBe(GONE);
    store.takeAsked();
    await seconds(60);
    expect(store.takeAsked()).toEqual(Array.from({ length: 30 }, () => 'unreached'));
    const known = viewer.meshes.length;
    store.outage = null;
    store.answers.set('outbound', []);
    await seconds(2);
    expect(store.takeAsked()).toEqual([...TRAFFIC, ...LATENCY]);
    expect(viewer.meshes.length).toBe(known + 1);
    expect(new Set(Object.values(states(viewer.meshes.at(-1))))).toEqual(new Set(['fresh']));
    expect(toGraph(viewer.meshes.at(-1)!, { namespaces: [], noise: 'hide' }).edges).toEqual([]);
    await seconds(10);
    expect(store.takeAsked()).toEqual(['age', 'history', ...WITH_VOLUME]);
  });

  it('that hangs is waited for once in a round', async () => {
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(11);
    store.outage = new SourceError({ ...GONE, kind: 'timed-out', message: 'did not answer within 15 s' });
    store.delayMs = 15_000;
    store.takeAsked();
    await seconds(26);
    expect(store.takeAsked()).toEqual(['added']);
    expect(viewer.troubles.at(-1)).toBe(store.outage);
  });

  it('at the start: trouble for the viewer, and the whole picture as soon as it answers', async () => {
    store.outage = GONE;
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(9);
    expect(viewer.meshes).toEqual([]);
    expect(viewer.troubles.at(-1)).toBe(GONE);
    expect(new Set(store.takeAsked())).toEqual(new Set(['age', 'facts', 'start', 'dialect']));
    store.outage = null;
    await seconds(2);
    expect(toGraph(viewer.meshes.at(-1)!, { namespaces: [], noise: 'hide' }).edges.length).toBe(1);
  });

  it('is told of when it is late, while the last picture stays', async () => {
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(1);
    store.delayMs = 8000;
    await seconds(15);
    expect(viewer.troubles.map((error) => (error as SourceError).kind)).toEqual(['timed-out']);
    expect(viewer.meshes.length).toBe(2);
    await seconds(14);
    expect(viewer.meshes.length).toBe(3);
  });
});

describe('a store where nothing moves', () => {
  it('is asked why instead of for latencies, and for everything when it begins to move', async () => {
    const inbound = store.answers.get('inbound')!;
    const outbound = store.answers.get('outbound')!;
    for (const name of ['inbound', 'outbound', 'open', 'connections', 'volume'] as const)
      store.answers.set(name, []);
    store.answers.set('silence', [sample({ family: 'up' }, 3)]);
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(1);
    expect(viewer.meshes.at(-1)?.diagnoses.map(({ code }) => code)).toEqual(['no-linkerd-metrics']);
    store.takeAsked();
    await seconds(10);
    expect(store.takeAsked()).toEqual([...QUICK, 'silence']);
    store.answers.set('inbound', inbound);
    store.answers.set('outbound', outbound);
    await seconds(10);
    expect(store.takeAsked()).toEqual(QUICK);
    expect(viewer.meshes.at(-1)?.diagnoses).toEqual([]);
    await seconds(10);
    expect(store.takeAsked()).toEqual([...TRAFFIC, ...LATENCY]);
  });

  it('is told as unexplained where the store refuses to say why, never as a mesh without traffic', async () => {
    for (const name of ['inbound', 'outbound', 'open', 'connections', 'volume'] as const)
      store.answers.set(name, []);
    store.failing.set(
      'silence',
      new SourceError({
        source: 'prometheus',
        kind: 'bad-answer',
        message: 'Prometheus refused the question',
      }),
    );
    const [mesh] = await Promise.all([create().read(MINUTE), seconds(1)]);
    expect(mesh.diagnoses.map(({ code }) => code)).toEqual(['silence-unexplained']);
  });

  it('passes on what the store says may be missing', async () => {
    store.warnings.push('store 10.0.0.7 did not answer');
    const [mesh] = await Promise.all([create().read(MINUTE), seconds(1)]);
    expect(mesh.diagnoses).toMatchObject([
      { code: 'partial-answer', what: expect.stringContaining('10.0.0.7') },
    ]);
    expect(mesh.parts['store']).toEqual({
      state: 'failed',
      since: expect.any(String),
      message: 'the store says that series may be missing: store 10.0.0.7 did not answer',
    });
  });

  it('says no more of it once the store does not', async () => {
    store.warnings.push('store 10.0.0.7 did not answer');
    const viewer = watching();
    create().subscribe(MINUTE, viewer);
    await seconds(1);
    expect(viewer.meshes.at(-1)?.parts).toHaveProperty('store');
    store.warnings.pop();
    await seconds(10);
    expect(viewer.meshes.at(-1)?.parts).not.toHaveProperty('store');
  });
});
