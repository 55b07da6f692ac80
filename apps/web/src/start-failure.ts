// Words instead of an empty page when it cannot start: a browser that lacks something, or a script that did not arrive.
// Without Svelte: it has to run where nothing else does. A browser that cannot even read the scripts keeps the words of index.html.

/** The oldest that the page is built for: `BROWSERS` in vite.config.ts. */
const NEEDED = 'Chrome or Edge 111, Firefox 115, Safari 16.4, or newer';

/** Until the function that it returns is called every uncaught error is the end of the start, and is shown in `place`. */
export function watchStart(place: HTMLElement, page: Window = window): () => void {
  place.replaceChildren();

  function fail(error: unknown): void {
    settle();
    place.replaceChildren(...startFailure(error));
  }
  const onError = (event: ErrorEvent) => fail(event.error ?? event.message);
  const onRejection = (event: PromiseRejectionEvent) => fail(event.reason);
  page.addEventListener('error', onError);
  page.addEventListener('unhandledrejection', onRejection);

  function settle(): void {
    page.removeEventListener('error', onError);
    page.removeEventListener('unhandledrejection', onRejection);
  }
  return settle;
}

function startFailure(error: unknown): HTMLElement[] {
  const title = document.createElement('p');
  title.textContent = `Latchwork could not start. It needs ${NEEDED}; in one of those, load the page again.`;
  title.setAttribute('role', 'alert');
  const text = document.createElement('pre');
  text.textContent = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const reload = document.createElement('button');
  reload.type = 'button';
  reload.className = 'control';
  reload.textContent = 'Load the page again';
  reload.addEventListener('click', () => window.location.reload());
  return [title, text, reload];
}
