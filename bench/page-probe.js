// Runs in the page, before its own scripts: when data came, when the picture stood, how long the main thread was busy.

{
  /** Anything that stands for a workload or a namespace, in whichever picture the page chose. */
  const PICTURE =
    '[aria-label="Service graph"] [role="button"], [aria-label="Map of namespaces"] [role="button"]';

  const facts = { dataMs: null, pictureMs: null, tasks: [], refreshes: 0 };

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      const fromMs = performance.timeOrigin + startTime;
      facts.tasks.push({ fromMs, untilMs: fromMs + duration });
    }
  }).observe({ type: 'longtask', buffered: true });

  globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
    construct(Native, args) {
      const socket = new Native(...args);
      socket.addEventListener('message', ({ data }) => {
        if (!/^.{0,12}"(data|change)"/.test(data)) return;
        // Of the graph: other values may come before.
        if (data.includes('"nodes":[')) facts.dataMs ??= performance.now();
        facts.refreshes++;
      });
      return socket;
    },
  });

  function look() {
    if (document.querySelector(PICTURE)) facts.pictureMs = performance.now();
    else requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  globalThis.probe = {
    facts,
    /** What happened since the last reading. */
    read() {
      const read = { ...facts };
      facts.tasks = [];
      facts.refreshes = 0;
      return read;
    },
    /** Frames a second from now on. */
    frames: (forMs) =>
      new Promise((resolve) => {
        const started = performance.now();
        let frames = 0;
        function count() {
          frames++;
          const passed = performance.now() - started;
          if (passed < forMs) requestAnimationFrame(count);
          else resolve((frames * 1000) / passed);
        }
        requestAnimationFrame(count);
      }),
    /** The same while what `selector` names is scrolled, a step a frame. */
    framesScrolling(selector, forMs) {
      const scroller = document.querySelector(selector);
      let step = 0;
      let isDone = false;
      function scroll() {
        if (isDone) return;
        step++;
        scroller.scrollTo((24 * step) % 4000, (33 * step) % 6000);
        requestAnimationFrame(scroll);
      }
      requestAnimationFrame(scroll);
      return this.frames(forMs).finally(() => {
        isDone = true;
      });
    },
    heapMb: () => performance.memory.usedJSHeapSize / 1e6,
  };
}
