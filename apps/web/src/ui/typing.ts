// Whether a key is for somebody else than the page: for a field, or for the dialog over it.

export function isInDialog({ target }: Event): boolean {
  return (target instanceof Element && target.closest('dialog') !== null) || isBehindDialog();
}

export function isTyping(event: Event): boolean {
  const { target } = event;
  const isField =
    target instanceof Element && target.closest('input,textarea,select,[contenteditable]') !== null;
  return isField || isInDialog(event);
}

/** A click on what cannot have the focus leaves it with the page behind. */
function isBehindDialog(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
