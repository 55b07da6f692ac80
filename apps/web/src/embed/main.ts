// Starts the page of a frame. No storage, no cookie, no frame of the application: what it needs is in its address.

import '../app.css';
import './embed.css';
import { createLiveSocket } from '../live/socket.ts';
import { pageTimers } from '../live/timers.ts';
import { openWire } from '../live/wire.ts';
import { watchStart } from '../start-failure.ts';
import { createEmbedPage } from './embed-page.ts';
import { fullViewUrl, parseEmbedPlace, socketUrl } from './embed-place.ts';
import { EmbedView } from './embed-view.ts';
import { watchSight } from './watch-sight.ts';

const SETTLED_AFTER_MS = 100;

const frame = document.getElementById('embed') as HTMLElement;
const started = watchStart(frame);

const embed = parseEmbedPlace(window.location.search);
document.documentElement.dataset['theme'] = embed.place.theme;

const url = socketUrl(embed, document.baseURI);
const socket = createLiveSocket({ open: () => openWire(url), timers: pageTimers, random: Math.random });
const dark = window.matchMedia('(prefers-color-scheme: dark)');

const page = createEmbedPage({
  embed,
  view: new EmbedView(frame, fullViewUrl(embed, document.baseURI)),
  socket,
  timers: pageTimers,
  size: () => ({ width: window.innerWidth, height: window.innerHeight }),
  isDark: () => embed.place.theme === 'dark' || (embed.place.theme === 'auto' && dark.matches),
  isTurnedAway: window.origin === 'null' && embed.link === null,
});

let cancelRedraw = () => {};
window.addEventListener('resize', () => {
  cancelRedraw();
  cancelRedraw = pageTimers.after(SETTLED_AFTER_MS, page.redraw);
});
dark.addEventListener('change', page.redraw);
window.addEventListener('online', socket.wake);

watchSight(document, (isSeen) => {
  if (isSeen) {
    socket.wake();
    page.resume();
  } else page.pause();
});

// After an upgrade the server speaks for another page than this one: load that one.
let build: string | null = null;
socket.watch(() => {
  const about = socket.about();
  build ??= about?.build ?? null;
  if (about && about.build !== build) window.location.reload();
});
started();
