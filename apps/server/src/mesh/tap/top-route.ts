// A path with its ids folded away, so that requests for different things of one kind read as one route. Pure.

const WHOLE_IDS: readonly RegExp[] = [
  /^\d+$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^[0-9a-f]{12,}$/i,
  /^[0-9A-HJKMNP-TV-Z]{26}$/, // ULID
  /^\d{4}-\d\d-\d\d(T.*)?$/,
];
/** A word with a counter, such as `order-1234` or `sku_77`: the word says what it is. */
const NUMBERED = /^([A-Za-z][A-Za-z_-]*[-_])\d+$/;
/** Long and mixed: a token, whatever its alphabet. A word of that length has no digits in it. */
const TOKEN = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{20,}$/;

export function routeOf(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      if (WHOLE_IDS.some((id) => id.test(segment)) || TOKEN.test(segment)) return '{id}';
      return segment.replace(NUMBERED, '$1{id}');
    })
    .join('/');
}
