import type { EcsState } from './ecs-state.js';

/**
 * Draws an integer from 0 to below `bound`, the same sequence for the same seed.
 *
 * A linear congruential generator (multiplier and increment of Numerical
 * Recipes): its high bits are used, which is enough to scatter tasks.
 */
export function drawBelow(state: EcsState, bound: number): number {
  state.random = (Math.imul(state.random, 1664525) + 1013904223) >>> 0;
  return Math.floor((state.random / 2 ** 32) * bound);
}
