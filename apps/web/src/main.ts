// Starts the page: one socket, one location, one App.

import './app.css';
import './print.css';
import { PATHS } from '@latchwork/shared/paths';
import { mount } from 'svelte';
import App from './App.svelte';
import { askAbout } from './live/ask-about.ts';
import { lateWire } from './live/late-wire.ts';
import { Live } from './live/live.svelte.ts';
import { askRefusal } from './live/refusal.ts';
import { createLiveSocket } from './live/socket.ts';
import { pageTimers } from './live/timers.ts';
import { openWire } from './live/wire.ts';
import { PageLocation } from './location/location.svelte.ts';
import { watchStart } from './start-failure.ts';

const RELOAD_AFTER_MS = 10_000;

const page = document.getElementById('page') as HTMLElement;
const started = watchStart(page);

const socketUrl = new URL(`.${PATHS.live}`, document.baseURI);
socketUrl.protocol = socketUrl.protocol === 'https:' ? 'wss:' : 'ws:';

const socket = createLiveSocket({
  open: () => openWire(socketUrl),
  openEvents: () =>
    lateWire(async () => {
      const { openEventsWire } = await import('./live/events-wire.ts');
      return openEventsWire({ url: new URL(`.${PATHS.liveEvents}`, document.baseURI), timers: pageTimers });
    }),
  askRefusal: () => askRefusal(document.baseURI, window.origin),
  timers: pageTimers,
  random: Math.random,
});

// After an upgrade the server speaks for another page than this one: load that one.
let build: string | null = null;
socket.watch(() => {
  const about = socket.about();
  build ??= about?.build ?? null;
  if (about && about.build !== build) window.location.reload();
});

window.addEventListener('online', socket.wake);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') socket.wake();
});

// A part that is loaded when it is needed may be gone after an upgrade: the new page has its own. A page that has only
// just been loaded would find the same again, and one whose server is away would find nothing.
window.addEventListener('vite:preloadError', () => {
  if (performance.now() < RELOAD_AFTER_MS) return;
  fetch(document.baseURI, { cache: 'no-store' }).then(
    ({ ok }) => ok && window.location.reload(),
    () => {},
  );
});

// In a task after the one that read all this: a busy machine answers in between.
setTimeout(() => {
  mount(App, {
    target: page,
    props: {
      live: new Live(socket, pageTimers, () => askAbout(document.baseURI)),
      location: new PageLocation(window),
      onwhole: started,
    },
  });
});
