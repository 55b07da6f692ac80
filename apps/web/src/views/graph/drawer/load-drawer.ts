// The drawer for what is selected, which comes when something is.

/** In a task of its own: what is selected lights up among hundreds of others before the drawer is made. */
export async function loadDrawer() {
  const { default: SelectionDrawer } = await import('./SelectionDrawer.svelte');
  await new Promise((resolve) => setTimeout(resolve));
  return SelectionDrawer;
}
