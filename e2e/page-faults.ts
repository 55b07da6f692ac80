// What is wrong with a page as it stands: what nobody can reach, what runs out of its box, what covers the thing that is
// selected. It runs in the browser, whose types are not here: those that it needs are spelled out.

interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
  width: number;
  height: number;
}

interface Part {
  tagName: string;
  textContent: string | null;
  parentElement: Part | null;
  scrollWidth: number;
  clientWidth: number;
  getBoundingClientRect(): Rect;
  closest(selector: string): Part | null;
  contains(other: Part | null): boolean;
  matches(selector: string): boolean;
  getAttribute(name: string): string | null;
  checkVisibility(options: object): boolean;
  querySelector(selector: string): Part | null;
  querySelectorAll(selector: string): Iterable<Part>;
}

interface Style {
  overflowX: string;
  overflowY: string;
  position: string;
  display: string;
  textOverflow: string;
}

interface Browser {
  document: Pick<Part, 'querySelector' | 'querySelectorAll'> & {
    documentElement: Part;
    elementFromPoint(x: number, y: number): Part | null;
  };
  innerWidth: number;
  innerHeight: number;
  getComputedStyle(part: Part): Style;
}

/** One sentence for each fault; empty when all is well. Given to the browser whole, so everything it uses is inside. */
export function pageFaults(): string[] {
  const { document, innerWidth, innerHeight, getComputedStyle } = globalThis as unknown as Browser;
  const CONTROLS = 'a[href],button,input,select,summary,[tabindex="0"]';
  const faults: string[] = [];

  const nameOf = (part: Part) => {
    const words = (part.getAttribute('aria-label') ?? part.textContent ?? '').trim().replace(/\s+/g, ' ');
    const inside = part.closest('[class]')?.getAttribute('class') ?? '';
    return `${part.tagName.toLowerCase()} “${words.slice(0, 40)}” (${inside.replace(/ ?svelte-\w+/g, '')})`;
  };
  const isSeen = (part: Part) => {
    const { width, height } = part.getBoundingClientRect();
    return width > 1 && height > 1 && part.checkVisibility({ visibilityProperty: true });
  };
  const isMoved = (part: Part) => part.closest('svg') !== null; // a picture is panned
  const scrim = [...document.querySelectorAll('.scrim')].find(isSeen);

  /** Where a part can be seen without scrolling; null when it has to be scrolled to, 'cut' when nothing leads there. */
  function visible(part: Part): Rect | 'cut' | null {
    const { left, top, right, bottom, width, height } = part.getBoundingClientRect();
    let isInside = true;
    let position = getComputedStyle(part).position;
    for (let up = part.parentElement; up && position !== 'fixed'; up = up.parentElement) {
      const { overflowX, overflowY, position: next } = getComputedStyle(up);
      if (position === 'absolute' && next === 'static') continue;
      const box = up.getBoundingClientRect();
      const isOut = {
        x: left < box.left - 1 || right > box.right + 1,
        y: top < box.top - 1 || bottom > box.bottom + 1,
      };
      if (isOut.x && /hidden|clip/.test(overflowX)) return 'cut';
      if (isOut.y && /hidden|clip/.test(overflowY)) return 'cut';
      if ((isOut.x && overflowX !== 'visible') || (isOut.y && overflowY !== 'visible')) isInside = false;
      if (!isInside) return null;
      position = next;
    }
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) return 'cut';
    return { left, top, right, bottom, width, height };
  }

  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`the page is ${scrollWidth} wide in a window of ${innerWidth}`);
  const shell = document.querySelector('.app')?.getBoundingClientRect();
  if (shell && (shell.left !== 0 || shell.top !== 0)) faults.push('the shell has shifted');

  for (const part of document.querySelectorAll(CONTROLS)) {
    if (!isSeen(part) || part.matches('.skip, .scrim') || part.closest('[inert]') || isMoved(part)) continue;
    const box = visible(part);
    if (box === 'cut') faults.push(`out of reach: ${nameOf(part)}`);
    if (box === 'cut' || box === null) continue;
    if (getComputedStyle(part).display !== 'inline' && Math.min(box.width, box.height) < 23.5)
      faults.push(`smaller than 24 px: ${nameOf(part)}`);
    if (scrim && !part.closest('.drawer')) continue;
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const isHit = part.contains(hit) || hit?.contains(part) || part.closest('label')?.contains(hit);
    if (!isHit && !hit?.closest('thead, .panel'))
      faults.push(`covered: ${nameOf(part)}${hit ? ` by ${nameOf(hit)}` : ''}`);
  }

  for (const part of document.querySelectorAll('body *')) {
    if (isMoved(part) || !isSeen(part) || part.closest('.unseen, .popover, [inert]')) continue;
    const { overflowX, display } = getComputedStyle(part);
    const isBox = overflowX === 'visible' && !/^(inline|contents|table-row|table-row-group)$/.test(display);
    if (isBox && part.clientWidth > 0 && part.scrollWidth > part.clientWidth + 1)
      faults.push(`runs out of its box by ${part.scrollWidth - part.clientWidth}: ${nameOf(part)}`);
  }

  for (const card of document.querySelectorAll('[data-card]')) {
    const edge = card.querySelector('.hit')?.getBoundingClientRect();
    for (const text of card.parentElement?.querySelectorAll('text') ?? []) {
      const { right } = text.getBoundingClientRect();
      if (edge && right > edge.right + 1) faults.push(`text runs out of the card of ${nameOf(card)}`);
    }
  }

  for (const chosen of document.querySelectorAll('[data-card][aria-pressed="true"]')) {
    const box = (chosen.querySelector('.hit') ?? chosen).getBoundingClientRect();
    const points = [box.left + 4, (box.left + box.right) / 2, box.right - 4].flatMap((x) =>
      [box.top + 4, box.bottom - 4].map((y) => ({ x, y })),
    );
    for (const { x, y } of points) {
      const hit = document.elementFromPoint(x, y);
      // On a phone the drawer is a sheet over all of it.
      if (hit && (hit === scrim || (scrim && innerWidth < 720 && hit.closest('.drawer')))) continue;
      if (!hit || !isMoved(hit)) faults.push(`selected, but not in sight: ${nameOf(chosen)}`);
    }
  }
  return [...new Set(faults)];
}
