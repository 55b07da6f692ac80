import { spokenLink } from '@latchwork/graph/draw/spoken';
import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { toScene } from '@latchwork/graph/scene/scene';
import type { Graph } from '@latchwork/shared/graph';
import { describe, expect, it } from 'vitest';
import { createLiveSocket } from '../live/socket.ts';
import { TestTimers, TestWire } from '../live/test-wire.ts';
import { STEADY } from '../views/graph/test-data/steady.ts';
import { createEmbedPage } from './embed-page.ts';
import { fullViewUrl, parseEmbedPlace, socketUrl } from './embed-place.ts';
import { EmbedView } from './embed-view.ts';

const ABOUT = {
  version: '1',
  build: '1',
  mode: 'live' as const,
  at: null,
  source: '',
  tap: { available: false, reason: null },
  latencyTargetMs: 1000,
  successTarget: 0.99,
};
const BASE = 'http://mesh.example/embed/';

function open(search = '', width = 2000, isTurnedAway = false) {
  const wire = new TestWire();
  const timers = new TestTimers();
  const socket = createLiveSocket({ open: () => wire, timers, random: () => 0 });
  const root = document.createElement('div');
  const embed = parseEmbedPlace(search);
  const screen = { width, height: width };
  const page = createEmbedPage({
    embed,
    view: new EmbedView(root, fullViewUrl(embed, BASE)),
    socket,
    timers,
    size: () => screen,
    isDark: () => false,
    isTurnedAway,
  });
  wire.onopen?.();
  wire.say({ type: 'hello', about: ABOUT });
  const say = (value: Graph) => {
    const { id } = wire.sent.findLast((sent) => (sent as { type: string }).type === 'subscribe') as {
      id: string;
    };
    wire.say({ type: 'data', id, value });
  };
  return { wire, timers, root, page, say, screen };
}

const titles = (root: Element) =>
  [...root.querySelectorAll('.picture svg g > title')].map((each) => each.textContent ?? '');

describe('the page of a frame', () => {
  it('shows the same nodes, edges and locks as the Graph view', () => {
    const { root, page, say } = open();
    page.resume();
    say(STEADY);
    const scene = toScene(STEADY);
    const shown = titles(root);
    expect(shown).toHaveLength(scene.cards.length + scene.links.length);
    const cards = new Map(scene.cards.map((card) => [card.id, card]));
    for (const link of scene.links) expect(shown).toContain(spokenLink(link, cards, { successTarget: 0.99 }));
    const head = root.querySelector('header')?.textContent ?? '';
    expect(head).toContain('The whole mesh');
    for (const mark of ['plaintext', 'mixed', 'secured'])
      expect(head).toContain(`${scene.links.filter((link) => link.mark === mark).length} ${mark}`);
    expect(root.querySelector('.picture svg')?.getAttribute('role')).toBe('img');
  });

  it('loads what a large graph needs when there is one, and draws its map', async () => {
    const { nodes, edges } = denseMesh(120, 12);
    const namespaces = [...new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])))];
    const { root, page, say } = open();
    page.resume();
    say({ ...STEADY, nodes, edges, namespaces });
    expect(root.querySelector('.picture svg')).toBeNull();
    await expect.poll(() => root.querySelector('.picture svg')).not.toBeNull();
    expect(root.querySelector('header')?.textContent).toContain('12 namespaces');
    expect(root.querySelectorAll('.picture svg text').length).toBeGreaterThan(12);
  });

  it('shows a name with markup in it as a name', () => {
    const { root, page, say } = open();
    page.resume();
    const evil = '</title><script>alert(1)</script><img src=x onerror=alert(1)>';
    say({ ...STEADY, nodes: STEADY.nodes.map((node) => ('name' in node ? { ...node, name: evil } : node)) });
    expect(root.querySelector('script, img, foreignObject, [onerror]')).toBeNull();
    expect(titles(root).some((title) => title.includes('<script>'))).toBe(true);
  });

  it('asks for nothing while nobody sees it, and goes on where it was', () => {
    const { wire, page, root, say, timers } = open('?namespace=storefront');
    expect(wire.sent).toEqual([]);
    page.resume();
    expect(wire.sent.at(-1)).toMatchObject({ topic: 'graph', params: { namespace: ['storefront'] } });
    say(STEADY);
    page.pause();
    expect(wire.sent.at(-1)).toMatchObject({ type: 'unsubscribe' });
    const before = root.querySelector('.fresh')?.textContent;
    timers.pass(5_000);
    expect(root.querySelector('.fresh')?.textContent).toBe(before);
    page.resume();
    expect(root.querySelector('.fresh')?.textContent).toContain('5 s ago');
    expect(root.querySelector('.picture svg')).not.toBeNull();
  });

  it('folds what has no room, and opens it again when the frame grows', () => {
    const { page, root, say, screen } = open('', 600);
    page.resume();
    say(STEADY);
    const narrow = titles(root).length;
    screen.width = screen.height = 2000;
    page.redraw();
    expect(titles(root).length).toBeGreaterThan(narrow);
  });

  it('says in words why there is nothing, or nothing new', () => {
    const { wire, page, root, say } = open();
    const words = () => root.querySelector('[role=status]')?.textContent;
    page.resume();
    expect(words()).toBe('The graph is coming.');
    say({ ...STEADY, nodes: [], edges: [] });
    expect(words()).toContain('no such namespace');
    say(STEADY);
    expect(words()).toBe('');
    const { id } = wire.sent.at(-1) as { id: string };
    wire.say({ type: 'trouble', id, message: 'this link has expired; ask for a new one' });
    expect(words()).toContain('This link has expired');
    expect(root.querySelector('.picture.stale svg')).not.toBeNull();
  });
});

it.each([
  [true, 'Add allow-same-origin to its sandbox attribute, or use a signed link.'],
  [false, 'The server does not answer. Trying again.'],
])('what a frame says that gets no socket (in a sandbox: %s)', (isTurnedAway, words) => {
  const { wire, page, root, timers } = open('', 600, isTurnedAway);
  page.resume();
  wire.onclose?.();
  timers.pass(10_000);
  expect(root.querySelector('[role=status]')?.textContent).toContain(words);
});

describe('the address of a frame', () => {
  it('leads to the same place of the page, and leaves the link behind', () => {
    const embed = parseEmbedPlace('?namespace=a&focus=a/deployment/web&theme=dark&link=secret&title=Shop');
    expect(fullViewUrl(embed, BASE)).toBe(
      'http://mesh.example/?namespace=a&focus=a/deployment/web&theme=dark',
    );
    expect(embed.title).toBe('Shop');
  });

  it('leads to a socket that carries the link', () => {
    expect(socketUrl(parseEmbedPlace('?link=a.b.c'), 'https://mesh.example/x/embed/').href).toBe(
      'wss://mesh.example/x/embed/live?link=a.b.c',
    );
    expect(socketUrl(parseEmbedPlace(''), BASE).href).toBe('ws://mesh.example/embed/live');
  });
});
