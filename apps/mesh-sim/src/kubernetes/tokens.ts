// Who is let in: one token of the kubeconfig, those that the login command is given for a while, and client certificates.

export const STATIC_TOKEN = 'ferryline-viewer';

export interface IssuedToken {
  readonly token: string;
  readonly expiresAtMs: number;
}

interface Known {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

export class Tokens {
  readonly #issued = new Map<string, Known>();
  /** Credentials from before it are refused. */
  #refusedBeforeMs = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** How many the login command was given so far. */
  get issuedCount(): number {
    return this.#count;
  }

  issue(seconds: number, nowMs: number): IssuedToken {
    for (const [token, { expiresAtMs }] of this.#issued) if (expiresAtMs <= nowMs) this.#issued.delete(token);
    const token = `ferryline-login-${++this.#count}`;
    const expiresAtMs = nowMs + seconds * 1_000;
    this.#issued.set(token, { issuedAtMs: nowMs, expiresAtMs });
    return { token, expiresAtMs };
  }

  /** Every credential given out until now is refused, until `accept`. */
  expire(nowMs: number): void {
    this.#refusedBeforeMs = nowMs;
  }

  accept(): void {
    this.#refusedBeforeMs = Number.NEGATIVE_INFINITY;
  }

  isAccepted(token: string, nowMs: number): boolean {
    if (token === STATIC_TOKEN) return this.acceptsOld;
    const known = this.#issued.get(token);
    return known !== undefined && known.expiresAtMs > nowMs && known.issuedAtMs >= this.#refusedBeforeMs;
  }

  /** Certificates and the token of the kubeconfig are as old as the simulation. */
  get acceptsOld(): boolean {
    return this.#refusedBeforeMs === Number.NEGATIVE_INFINITY;
  }
}
