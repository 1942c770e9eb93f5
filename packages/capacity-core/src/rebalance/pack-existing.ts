import { type Bin, copiesIn, copyOf, fill } from './bin.js';
import type { Kinds } from './kinds.js';
import type { PackingProblem } from './packing-problem.js';

/**
 * Packs all tasks onto hosts that exist; `undefined` where no order that is tried places them all.
 *
 * Neither the types of host that could be bought nor how kinds are told apart changes the outcome, so that what `drainableHosts`
 * tries with it is what `hostsShort` finds.
 */
export function packOntoExisting(problem: Pick<PackingProblem, 'kinds' | 'counts' | 'existing'>): readonly Bin[] | undefined {
  const { counts } = problem;
  if (counts.every((tasks) => tasks === 0)) return problem.existing;
  for (const order of ordersOf(problem)) {
    const left = counts.slice();
    const filled = fillExisting(problem, left, order);
    if (left.every((tasks) => tasks === 0)) return filled;
  }
  return undefined;
}

/** Places what fits on hosts that exist, host by host, and takes it off what is left. */
export function fillExisting(
  { kinds, existing }: { readonly kinds: Kinds; readonly existing: readonly Bin[] },
  left: Float64Array,
  order: readonly number[],
): readonly Bin[] {
  return existing.map((host) => {
    if (!order.some((kind) => (left[kind] ?? 0) > 0 && copiesIn(host, kind, kinds) > 0)) return host;
    const bin = copyOf(host);
    fill(bin, left, order, kinds);
    return bin;
  });
}

function ordersOf({ kinds, counts, existing }: Pick<PackingProblem, 'kinds' | 'counts' | 'existing'>): ReadonlyArray<readonly number[]> {
  const width = kinds.dimensions.length;
  const asked = [...counts.keys()].filter((kind) => (counts[kind] ?? 0) > 0);
  const capacity = new Float64Array(width);
  for (const { free } of existing) for (let d = 0; d < width; d += 1) capacity[d] = Math.max(capacity[d] ?? 0, free[d] ?? 0);
  const share = (kind: number, d: number): number => (kinds.demand[kind * width + d] ?? 0) / Math.max(1, capacity[d] ?? 0);
  const sharesOf = (kind: number): readonly number[] => Array.from({ length: width }, (_, d) => share(kind, d));
  const by = (size: (kind: number) => number): readonly number[] => {
    const sizes = new Map(asked.map((kind) => [kind, size(kind)]));
    return [...asked].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b);
  };
  const largest = (kind: number): number => Math.max(0, ...sharesOf(kind));
  const used = kinds.dimensions.flatMap((_, d) => (asked.some((kind) => share(kind, d) > 0) ? [d] : []));
  return [
    by(largest),
    by((kind) => sharesOf(kind).reduce((sum, part) => sum + part, 0)),
    by((kind) => (kinds.exclusive[kind] === true ? 1 : 0) + largest(kind) / 1e3),
    ...used.map((d) => by((kind) => share(kind, d) + largest(kind) / 1e6)),
  ];
}
