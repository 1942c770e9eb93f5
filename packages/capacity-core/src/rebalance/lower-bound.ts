import type { Bin } from './bin.js';
import { NO_LIMIT } from './dimension.js';
import { isDistinct, type Kinds } from './kinds.js';
import type { PackingProblem } from './packing-problem.js';

/** Something that tasks need and hosts give: no packing gets by with less than `need` from hosts to be bought. */
interface Row {
  readonly need: number;
  /** The most that one host of each type gives; 0 for a type that takes none of the tasks. */
  readonly gives: readonly number[];
}

/** Parts that a dimension is cut into, at most, by the bounds that round. */
const MOST_PARTS = 8;
/** Sums are compared with this much tolerance, to the safe side. */
const TOLERANCE = 1e-9;

/**
 * The least that any packing of the tasks can cost.
 *
 * Each row is a measure of tasks that no host holds more of than it gives: the volume of one dimension; the same with small tasks
 * left out and large ones rounded (a dual feasible function); copies of one kind; tasks of which a host takes one. A row alone
 * proves need ÷ (most given for the cost); two together prove more where no one type is the best for both.
 */
export function lowerBound(problem: PackingProblem, costs: readonly number[]): number {
  const { kinds, types } = problem;
  // Others may open hosts to a kind that are closed to it now: such tasks count for none.
  const counts = problem.counts.map((tasks, kind) => (kinds.mayOpen[kind] === true ? 0 : tasks));
  const fitting = kinds.sizes.map((_, kind) => types.map((type) => problem.loose[kind] === 1 || mostCopiesIn(type, kind, kinds) > 0));
  let best = 0;
  for (const set of typeSets(fitting, counts)) {
    const within = counts.map((tasks, kind) => (fitting[kind]?.every((fits, type) => !fits || set[type] === true) === true ? tasks : 0));
    const { volumes, others } = rowsOf(problem, within, set);
    for (const row of [...volumes, ...others]) best = Math.max(best, provedBy([row], costs, [1]));
    for (const [index, row] of volumes.entries()) {
      for (const other of volumes.slice(index + 1)) best = Math.max(best, provedByTwo(row, other, costs));
    }
  }
  // Nothing is rounded up to no hosts, which may be a negative 0.
  return Math.max(0, roundedUp(best, costs));
}

/** The sets of host types that some tasks are confined to, and all of them. */
function typeSets(fitting: ReadonlyArray<readonly boolean[]>, counts: Float64Array): ReadonlyArray<readonly boolean[]> {
  const sets = new Map<string, readonly boolean[]>();
  for (const [kind, set] of fitting.entries()) if ((counts[kind] ?? 0) > 0 && set.includes(true)) sets.set(set.join(), set);
  const all = fitting[0]?.map(() => true) ?? [];
  return [...sets.set(all.join(), all).values()];
}

function rowsOf(
  problem: PackingProblem,
  counts: Float64Array,
  set: readonly boolean[],
): { volumes: readonly Row[]; others: readonly Row[] } {
  const { kinds, types, existing, loose } = problem;
  const width = kinds.dimensions.length;
  const exact = counts.map((tasks, kind) => (loose[kind] === 1 ? 0 : tasks));
  const row = (tasks: Float64Array, of: (kind: number) => number, holds: (bin: Bin) => number): Row => {
    let need = 0;
    for (const [kind, number] of tasks.entries()) if (number > 0) need += number * of(kind);
    if (need > 0) for (const host of existing) need -= Math.max(0, holds(host));
    return { need, gives: types.map((type, index) => (set[index] === true ? Math.max(0, holds(type)) : 0)) };
  };
  const volumes: Row[] = [];
  const others: Row[] = [];
  for (let d = 0; d < width; d += 1) {
    const demand = (kind: number): number => leastDemand(kinds, kind, d);
    volumes.push(row(counts, demand, ({ free }) => mostFree(kinds, free, d)));
    for (const { whole, parts } of unitsOf(types, d, set)) {
      // With u = whole ÷ parts: Σ(⌈x ÷ u⌉ − 1) ≤ ⌈Σx ÷ u⌉ − 1 for any number of demands x.
      const rounded = (amount: number): number => Math.max(0, Math.ceil((amount * parts) / whole) - 1);
      others.push(
        row(
          exact,
          (kind) => rounded(demand(kind)),
          ({ free }) => rounded(mostFree(kinds, free, d)),
        ),
      );
    }
  }
  for (const [kind, tasks] of exact.entries()) {
    if (tasks > 0)
      others.push(
        row(
          exact,
          (other) => (other === kind ? 1 : 0),
          (bin) => mostCopiesIn(bin, kind, kinds),
        ),
      );
  }
  for (const apart of cliquesOf(problem)) {
    const takes = (bin: Bin): number => (apart.some((kind) => (counts[kind] ?? 0) > 0 && mostCopiesIn(bin, kind, kinds) > 0) ? 1 : 0);
    others.push(row(exact, (kind) => (apart.includes(kind) ? 1 : 0), takes));
  }
  return { volumes, others };
}

/** What a task takes at least: demand is rounded up. */
function leastDemand({ demand, dimensions, rounding }: Kinds, kind: number, d: number): number {
  const amount = demand[kind * dimensions.length + d] ?? 0;
  return amount > 0 ? amount - (rounding[d] ?? 0) : 0;
}

/** What a host has at most: room is rounded down. */
function mostFree({ rounding }: Kinds, free: Float64Array, d: number): number {
  return (free[d] ?? 0) + (rounding[d] ?? 0);
}

/** Copies of a kind that fit at most. Integer, at least 0. */
function mostCopiesIn({ free, open }: Bin, kind: number, kinds: Kinds): number {
  if (open[kind] !== 1) return 0;
  let copies = kinds.single[kind] === true ? 1 : NO_LIMIT;
  for (let d = 0; d < free.length; d += 1) {
    const asked = kinds.demand[kind * free.length + d] ?? 0;
    if (asked > 0) copies = Math.min(copies, Math.floor(mostFree(kinds, free, d) / leastDemand(kinds, kind, d)));
  }
  return Math.max(0, copies);
}

function unitsOf(
  types: readonly Bin[],
  d: number,
  set: readonly boolean[],
): ReadonlyArray<{ readonly whole: number; readonly parts: number }> {
  const wholes = new Set(types.filter((_, index) => set[index] === true).map(({ free }) => free[d] ?? 0));
  return [...wholes]
    .filter((whole) => whole > 0 && whole < NO_LIMIT)
    .flatMap((whole) => Array.from({ length: MOST_PARTS - 1 }, (_, index) => ({ whole, parts: index + 2 })));
}

/** Sets of kinds of which a host takes one task altogether: those that ask for the same port, or keep apart from their own group. */
function cliquesOf({ kinds }: PackingProblem): ReadonlyArray<readonly number[]> {
  const cliques = new Map<string, number[]>();
  const add = (name: string, kind: number): void => {
    const clique = cliques.get(name) ?? [];
    cliques.set(name, clique);
    clique.push(kind);
  };
  for (const [kind, size] of kinds.sizes.entries()) {
    const { tcpPorts, udpPorts, group } = size;
    for (const port of tcpPorts) add(`tcp ${port}`, kind);
    for (const port of udpPorts) add(`udp ${port}`, kind);
    if (group !== undefined && isDistinct(size)) add(`group ${group}`, kind);
  }
  return [...cliques.values()];
}

/** What rows prove together, each taken so many times: no host gives more for its cost than the best of the types does. */
function provedBy(rows: readonly Row[], costs: readonly number[], times: readonly number[]): number {
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row, index) => total + of(row) * (times[index] ?? 0), 0);
  const need = sum((row) => row.need);
  if (!(need > 0)) return 0;
  let rate = 0;
  for (const [type, cost] of costs.entries()) rate = Math.max(rate, sum((row) => row.gives[type] ?? 0) / cost);
  return rate > 0 ? need / rate : 0;
}

/** Two rows, weighted so that two types are equally good: one of these weightings is the best there is. */
function provedByTwo(one: Row, other: Row, costs: readonly number[]): number {
  let best = 0;
  for (let a = 0; a < costs.length; a += 1) {
    for (let b = a + 1; b < costs.length; b += 1) {
      const rise = (one.gives[a] ?? 0) / (costs[a] ?? 1) - (one.gives[b] ?? 0) / (costs[b] ?? 1);
      const fall = (other.gives[b] ?? 0) / (costs[b] ?? 1) - (other.gives[a] ?? 0) / (costs[a] ?? 1);
      if (rise * fall > 0) best = Math.max(best, provedBy([one, other], costs, [Math.abs(fall), Math.abs(rise)]));
    }
  }
  return best;
}

/** Costs come in multiples of what all of them are multiples of, where that is known. */
function roundedUp(bound: number, costs: readonly number[]): number {
  const safe = bound * (1 - TOLERANCE);
  const [first = 1] = costs;
  if (costs.every((cost) => cost === first)) return Math.ceil(safe / first - TOLERANCE) * first;
  const parts = PARTS.find((of) => costs.every((cost) => isWhole(cost * of)));
  if (parts === undefined) return safe;
  const step = costs.map((cost) => Math.round(cost * parts)).reduce(greatestCommonDivisor);
  return (Math.ceil((safe * parts) / step - TOLERANCE) * step) / parts;
}

/** Parts of a unit of money that costs are looked at in. */
const PARTS: readonly number[] = Array.from({ length: 10 }, (_, digits) => 10 ** digits);

/** Whether a number is whole but for what its own rounding makes of it. */
function isWhole(amount: number): boolean {
  const whole = Math.round(amount);
  return whole >= 1 && whole <= 2 ** 40 && Math.abs(amount - whole) <= amount * 1e-14;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
