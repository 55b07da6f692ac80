// What this browser keeps for its reader from one visit to the next. A browser may forbid it, and have no room left: then
// nothing was kept, which is said and never thrown. Each address that the page is served under has shelves of its own.

export type Kept = 'yes' | 'forbidden' | 'full';

export interface Shelf {
  /** Null where there is nothing, or nothing that can be read. */
  read(): unknown;
  /** Null takes it away. */
  keep(value: unknown): Kept;
}

/** `storage` is asked for each time: some browsers throw for it. */
export function shelf(name: string, page: string, storage: () => Storage): Shelf {
  const key = `latchwork ${page} ${name}`;
  return {
    read() {
      try {
        return JSON.parse(storage().getItem(key) ?? 'null');
      } catch {
        return null;
      }
    },
    keep(value) {
      let opened: Storage;
      try {
        opened = storage();
        opened.getItem(key);
      } catch {
        return 'forbidden';
      }
      try {
        if (value === null) opened.removeItem(key);
        else opened.setItem(key, JSON.stringify(value));
        return 'yes';
      } catch {
        return 'full';
      }
    },
  };
}

export function pageShelf(name: string): Shelf {
  return shelf(name, window.location.pathname, () => window.localStorage);
}
