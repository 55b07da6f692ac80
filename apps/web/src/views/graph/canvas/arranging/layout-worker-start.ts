// Starts the layout's worker, as a module of the page's own origin; null where there are no workers.

export function startLayoutWorker(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  return new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
}
