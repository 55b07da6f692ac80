import { describe, expect, it } from 'vitest';
import { shelf } from './shelf.ts';

function storage(more: Partial<Storage> = {}): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    ...more,
  } as Storage;
}

describe('shelf(name, page, storage)', () => {
  it('keeps what it was given, for the page that it belongs to', () => {
    const store = storage();
    const own = shelf('columns', '/mesh/', () => store);
    expect(own.read()).toBeNull();
    expect(own.keep(['rate', 'p95'])).toBe('yes');
    expect(own.read()).toEqual(['rate', 'p95']);
    expect(shelf('columns', '/other/', () => store).read()).toBeNull();
    expect(own.keep(null)).toBe('yes');
    expect(own.read()).toBeNull();
  });

  it('has nothing where somebody else wrote something', () => {
    const store = storage({ getItem: () => '{half' });
    expect(shelf('columns', '/', () => store).read()).toBeNull();
  });

  it('says why nothing was kept, and throws nothing', () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const forbidden = shelf('columns', '/', refuse);
    expect(forbidden.read()).toBeNull();
    expect(forbidden.keep(['rate'])).toBe('forbidden');
    const full = storage({
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(shelf('columns', '/', () => full).keep(['rate'])).toBe('full');
  });
});
