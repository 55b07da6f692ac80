// What a source told when it was asked for one thing: the thing, that there is none, or why it cannot be told.

export type Told<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'absent' }
  /** `right` is the rule that would let us ask, null where it is no matter of rights. */
  | Untold;

export interface Untold {
  readonly state: 'untold';
  readonly why: string;
  readonly remedy: string;
  readonly right: string | null;
  /** It answers, and lets us not in. */
  readonly isRefused?: boolean;
}

export function known<T>(value: T): Told<T> {
  return { state: 'known', value };
}
