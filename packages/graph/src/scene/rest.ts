// Cards that stand for many where there is no room for all: a list to open, and nothing to look at alone.

export const REST_IDS = { callers: 'rest:callers', callees: 'rest:callees', inside: 'rest:inside' } as const;

export function isRest(id: string): boolean {
  return id.startsWith('rest:');
}
