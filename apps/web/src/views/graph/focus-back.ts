// Where the focus goes when the drawer that had it closes.

/** To what was selected in the picture, else to the grid of the matrix. */
export function focusBack(id: string | null): void {
  const name = CSS.escape(id ?? '');
  const element = document.querySelector(`[data-card="${name}"],[data-link="${name}"],[data-focus-home]`);
  if (element instanceof SVGElement || element instanceof HTMLElement) element.focus({ preventScroll: true });
}
