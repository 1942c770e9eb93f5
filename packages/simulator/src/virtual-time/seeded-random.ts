/** Numbers that look random and are the same for the same seed. */
export interface SeededRandom {
  /** A number from 0 to below 1. */
  next(): number;
  /** An integer from 0 to below `bound`, which is at least 1. */
  below(bound: number): number;
  /** Whether something of this probability, 0 to 1, happens. */
  chance(probability: number): boolean;
  /** One of the items, of which there is at least one. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** A further source, independent of how much is drawn from this one afterwards. */
  fork(): SeededRandom;
  /** An identifier in the form of a UUID, unique within the source for all practical purposes. */
  id(): string;
}

/**
 * Creates a source of numbers (the generator known as mulberry32).
 *
 * @param seed integer, 0 to 4294967295
 */
export function createRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = (): number => draw() / 2 ** 32;
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    fork: () => createRandom(draw()),
    id: () => {
      const hex = Array.from({ length: 4 }, () => draw().toString(16).padStart(8, '0')).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
