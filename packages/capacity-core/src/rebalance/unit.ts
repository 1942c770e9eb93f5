import { NO_LIMIT } from './dimension.js';
import type { Kinds } from './kinds.js';

/**
 * A measure of what it costs to keep a kind off a host: how many units, `amounts[d] / scale` of each dimension.
 *
 * Every choice is sound; they differ in which clusters they prove.
 */
export interface Unit {
  /** Of each dimension; 0 for one that the kind does not ask for. Whole 1,024ths. */
  readonly amounts: Float64Array;
  /** Parts that the amounts are divided into. A power of 2. */
  readonly scale: number;
  /** Units that count at most, of any one host. At least 1. */
  readonly cap: number;
}

/** Fine enough that rounding up to whole units costs little. */
const FINE = 1024;
/** Kinds up to which each one's demand is tried as a unit. */
const FEW_KINDS = 8;

/** The units tried for a kind. At most 20; the first few prove most. */
export function unitsFor(kind: number, kinds: Kinds, slack: Float64Array): readonly Unit[] {
  const width = kinds.dimensions.length;
  const own = kinds.demand.slice(kind * width, (kind + 1) * width);
  const asked = (amounts: ArrayLike<number>): Float64Array => own.map((demand, d) => (demand > 0 ? (amounts[d] ?? 0) || demand : 0));
  const largest = asked(own.map((_, d) => Math.max(...kinds.sizes.map((_size, k) => kinds.demand[k * width + d] ?? 0))));
  const balanced = asked(balance(own, slack));
  const uncapped = NO_LIMIT;
  const units: Unit[] = [
    { amounts: own, scale: 1, cap: uncapped },
    { amounts: own, scale: FINE, cap: uncapped },
    { amounts: balanced, scale: FINE, cap: uncapped },
    { amounts: balanced, scale: 1, cap: uncapped },
    { amounts: largest, scale: 1, cap: uncapped },
    { amounts: own, scale: 1, cap: 1 },
    { amounts: largest, scale: 1, cap: 1 },
    { amounts: largest, scale: 1, cap: 2 },
    { amounts: own, scale: 4, cap: uncapped },
    { amounts: own, scale: FINE, cap: FINE },
  ];
  if (kinds.sizes.length <= FEW_KINDS) {
    for (let k = 0; k < kinds.sizes.length; k += 1) {
      if (k !== kind) units.push({ amounts: asked(kinds.demand.slice(k * width, (k + 1) * width)), scale: 1, cap: uncapped });
    }
  }
  return units;
}

/** The demand, stretched in dimensions of which more is left over, so that plenty of one does not count as much as want of another. */
function balance(own: Float64Array, slack: Float64Array): Float64Array {
  const plenty = own.map((demand, d) => (demand > 0 ? (slack[d] ?? 0) / demand : Number.POSITIVE_INFINITY));
  const least = Math.min(...plenty);
  if (!(least > 0) || !Number.isFinite(least)) return own;
  return own.map((demand, d) => (demand > 0 ? Math.min(NO_LIMIT, Math.max(1, Math.round((demand * (plenty[d] ?? 1)) / least))) : 0));
}

/**
 * The least units of tasks that must be placed on a host before it takes no copy of the kind, where one fits now.
 *
 * Tasks that use `u` units leave at least `demand` of each dimension as long as `u` is no more than ⌊(free − demand) × scale ÷ amount⌋.
 */
export function unitsToBlock({ amounts, scale, cap }: Unit, free: Float64Array, at: number, own: Float64Array, ownAt: number): number {
  let least = cap;
  for (let d = 0; d < amounts.length; d += 1) {
    const amount = amounts[d] ?? 0;
    if (amount > 0) least = Math.min(least, Math.floor((((free[at + d] ?? 0) - (own[ownAt + d] ?? 0)) * scale) / amount) + 1);
  }
  return least;
}

/** The most units that one task uses of a host. */
export function unitsOf({ amounts, scale, cap }: Unit, demand: Float64Array, at: number): number {
  let most = 0;
  for (let d = 0; d < amounts.length; d += 1) {
    const amount = amounts[d] ?? 0;
    if (amount > 0) most = Math.max(most, Math.ceil(((demand[at + d] ?? 0) * scale) / amount));
  }
  return Math.min(cap, most);
}
