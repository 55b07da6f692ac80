// Puts a text where the reader can paste it from. Says whether the browser let it.

export async function writeClipboard(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return writeByHand(value); // the clipboard needs https or loopback; a selection does not
  }
}

function writeByHand(value: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = value;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (focused instanceof HTMLElement || focused instanceof SVGElement)
      focused.focus({ preventScroll: true });
  }
}
