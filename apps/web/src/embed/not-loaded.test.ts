import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { expect, it, vi } from 'vitest';
import { createLiveSocket } from '../live/socket.ts';
import { TestTimers, TestWire } from '../live/test-wire.ts';
import { STEADY } from '../views/graph/test-data/steady.ts';
import { createEmbedPage } from './embed-page.ts';
import { fullViewUrl, parseEmbedPlace } from './embed-place.ts';
import { EmbedView } from './embed-view.ts';

// As while a server is started anew: the file is not there, and then it is.
const files = vi.hoisted(() => ({ areThere: false }));
vi.mock('./large.ts', async (importOriginal) => {
  const { large } = await importOriginal<typeof import('./large.ts')>();
  return {
    get large() {
      if (!files.areThere) throw new Error('Failed to fetch dynamically imported module');
      return large;
    },
  };
});

it('says that a part did not load, and no longer once it did', async () => {
  const wire = new TestWire();
  const socket = createLiveSocket({ open: () => wire, timers: new TestTimers(), random: () => 0 });
  const root = document.createElement('div');
  const embed = parseEmbedPlace('');
  const page = createEmbedPage({
    embed,
    view: new EmbedView(root, fullViewUrl(embed, 'http://mesh.example/embed/')),
    socket,
    timers: new TestTimers(),
    size: () => ({ width: 2000, height: 2000 }),
    isDark: () => false,
    isTurnedAway: false,
  });
  const words = () => root.querySelector('[role=status]')?.textContent;
  page.resume();
  wire.onopen?.();
  const { id } = wire.sent.findLast((sent) => (sent as { type: string }).type === 'subscribe') as {
    id: string;
  };
  const { nodes, edges } = denseMesh(120, 12);
  const namespaces = [...new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])))];
  wire.say({ type: 'data', id, value: { ...STEADY, nodes, edges, namespaces } });
  await expect.poll(words).toBe('A part of this frame did not load.');
  files.areThere = true;
  // The room has changed, and nothing new of the mesh has come.
  page.redraw();
  await expect.poll(() => root.querySelector('.picture svg')).not.toBeNull();
  expect(words()).toBe('');
});
