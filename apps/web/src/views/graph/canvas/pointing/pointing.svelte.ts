// What the reader points at, with the pointer or with the focus: it lights its neighbourhood and asks nothing of the server.

export type Target = { card: string } | { link: string };

const POINTED_AFTER_MS = 120;

/** The card or line that an event of the picture happened to; a mark is a part of its line. */
export function targetOf({ target }: Event): Target | null {
  const element = target instanceof Element ? target.closest('[data-card],[data-link],[data-mark]') : null;
  if (!(element instanceof SVGElement)) return null;
  const { card, link, mark } = element.dataset;
  if (card) return { card };
  const line = link ?? mark;
  return line ? { link: line } : null;
}

export class Pointing {
  #at = $state.raw<Target | null>(null);
  #focusedLink = $state<string | null>(null);
  #lastCard = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get card(): string | null {
    return this.#at && 'card' in this.#at ? this.#at.card : null;
  }

  get link(): string | null {
    return this.#at && 'link' in this.#at ? this.#at.link : null;
  }

  /** The line that has the focus of the keyboard. */
  get focusedLink(): string | null {
    return this.#focusedLink;
  }

  /** The card that had the focus last: where Tab enters again. */
  get lastCard(): string | null {
    return this.#lastCard;
  }

  /** After a moment, so that a pointer on its way lights nothing up; at once from one thing to the next. */
  over(target: Target | null): void {
    clearTimeout(this.#timer);
    const waitMs = this.#at === null || target === null ? POINTED_AFTER_MS : 0;
    this.#timer = setTimeout(() => {
      this.#at = target;
    }, waitMs);
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#at = null;
  }

  /** `visible`: the focus came by the keyboard, and counts as pointing. */
  focus(target: Target | null, visible: boolean): void {
    this.#focusedLink = target && 'link' in target ? target.link : null;
    if (target && 'card' in target) this.#lastCard = target.card;
    if (target && visible) this.#at = target;
  }

  blur(): void {
    this.#focusedLink = null;
    this.#at = null;
  }

  /** The edges of which card are being stepped through. */
  stay(card: string): void {
    this.#lastCard = card;
  }
}
