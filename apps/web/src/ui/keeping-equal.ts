// A value stays the one it was while it says the same, so that what is made of it is not made anew.

/** Of plain values: hands on the last one as long as the next is equal to it. */
export function keepingEqual<T>(): (next: T) => T {
  let kept: { value: T; text: string } | null = null;
  return (value) => {
    const text = JSON.stringify(value);
    if (kept?.text !== text) kept = { value, text };
    return kept.value;
  };
}
