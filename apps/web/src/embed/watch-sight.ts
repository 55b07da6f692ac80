// Whether somebody can see the frame: its tab is shown, and it is scrolled into view.

export function watchSight(document: Document, onchange: (isSeen: boolean) => void): () => void {
  let isInView = true;
  let was: boolean | null = null;

  function tell(): void {
    const isSeen = isInView && document.visibilityState === 'visible';
    if (isSeen === was) return;
    was = isSeen;
    onchange(isSeen);
  }

  // Without a root it is the top page's window, whosever page that is.
  const observer =
    typeof IntersectionObserver === 'undefined'
      ? null
      : new IntersectionObserver((entries) => {
          isInView = entries.at(-1)?.isIntersecting ?? true;
          tell();
        });
  observer?.observe(document.documentElement);
  document.addEventListener('visibilitychange', tell);
  tell();
  return () => {
    observer?.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}
