// Where the focus goes when the drawer that had it closes.

/** Whether the focus goes with the drawer, or is nowhere. */
export function goesWithDrawer(focused: Element | null): boolean {
  return focused === document.body || focused?.closest('.drawer') != null;
}

/**
 * To what was selected in the picture, else to the grid of the matrix. In a task of its own, for it has the page laid out;
 * by then what was selected lies no longer over the others: its line moves, and would lose the focus on the way.
 */
export function focusBack(id: string | null): void {
  const name = CSS.escape(id ?? '');
  setTimeout(() => {
    const element = document.querySelector(`[data-card="${name}"],[data-link="${name}"],[data-focus-home]`);
    if (element instanceof SVGElement || element instanceof HTMLElement)
      element.focus({ preventScroll: true });
  });
}
