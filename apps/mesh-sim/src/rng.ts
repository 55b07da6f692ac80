// Chance that can be repeated: the same seed gives the same numbers. Nothing here reads a clock.

export interface Rng {
  /** 0 (included) to 1 (excluded). */
  next(): number;
}

/** A 32-bit mixer (the finaliser of MurmurHash3), so that neighbouring seeds give unrelated streams. */
export function mix(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash ^= part | 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

export function hashText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}

/** A Weyl sequence through the mixer: one addition and one mix a number. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      return mix(state) / 0x1_0000_0000;
    },
  };
}

/** How many events of this mean happen. Knuth's product is fine for the few dozen a tick may have. */
export function poisson(rng: Rng, mean: number): number {
  if (mean <= 0) return 0;
  const limit = Math.exp(-mean);
  let count = 0;
  let product = rng.next();
  while (product > limit) {
    count++;
    product *= rng.next();
  }
  return count;
}

/** A duration as services have them: most near the median, a long tail to the right. */
export function logNormal(rng: Rng, median: number, spread: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.next()));
  return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * rng.next()));
}

export function pick<T extends { readonly weight: number }>(rng: Rng, choices: readonly T[]): T {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = rng.next() * total;
  for (const choice of choices) {
    left -= choice.weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (!last) throw new Error('nothing to pick from: give at least one choice');
  return last;
}
