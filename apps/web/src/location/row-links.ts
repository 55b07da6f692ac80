// An attachment for the whole page: a click anywhere in a row of a table goes where the link of its first cell leads.

const INSIDE = 'a,button,input,select,label,summary';

export function rowLinks(node: HTMLElement): () => void {
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || !(event.target instanceof Element)) return;
    const link = event.target
      .closest('table.data tr')
      ?.querySelector<HTMLElement>(':scope > th[scope="row"] a');
    if (!link || event.target.closest(INSIDE) || isSelecting()) return;
    const { detail, ctrlKey, metaKey, shiftKey, altKey } = event;
    link.dispatchEvent(
      new MouseEvent('click', {
        bubbles: true,
        cancelable: true,
        detail,
        ctrlKey,
        metaKey,
        shiftKey,
        altKey,
      }),
    );
  };
  node.addEventListener('click', onClick);
  return () => node.removeEventListener('click', onClick);
}

/** Whoever marks text in a row wants to copy it. */
function isSelecting(): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.toString().trim() !== '';
}
