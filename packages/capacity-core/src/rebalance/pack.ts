import { type Bin, copiesIn, copyOf, fill, putIn } from './bin.js';
import { fillExisting, packOntoExisting } from './pack-existing.js';
import type { PackingProblem } from './packing-problem.js';

/** Where everything goes. */
export interface Packing {
  /** Hosts to be bought, filled. */
  readonly bins: readonly Bin[];
  /** Hosts that exist, filled. */
  readonly existing: readonly Bin[];
  /** Their cost. */
  readonly cost: number;
  /** Tasks of each kind that fit on no host. */
  readonly left: Float64Array;
}

/** How a host type is chosen: one for all that fit it, or whichever packs most for its cost. */
type Choice = number | 'best';

/** Kinds up to which every order is tried with every choice of host type. */
const FEW_KINDS = 400;
/** Hosts that are packed at most: twice what Amazon ECS allows in a cluster. */
const MOST_HOSTS = 10_000;
/** Hosts looked at when trying to do without some. */
const MOST_TRIES = 300;
/** Hosts filled until kinds of which nothing is left are left out. */
const MANY_TURNS = 32;

/**
 * Packs tasks onto hosts: first fit, with kinds in several orders of size and host types chosen in several ways, and the cheapest
 * of the results, improved: hosts are exchanged for cheaper types, and done without where their tasks fit elsewhere.
 *
 * @param enough - a cost that cannot be bettered
 */
export function pack(problem: PackingProblem, enough: number): Packing {
  const held = packOntoExisting(problem);
  return held === undefined
    ? packWithMore(problem, enough)
    : { bins: [], existing: held, cost: 0, left: new Float64Array(problem.counts.length) };
}

function packWithMore(problem: PackingProblem, enough: number): Packing {
  let best: Packing | undefined;
  for (const order of ordersOf(problem)) {
    for (const choice of [...problem.types.keys(), 'best' as const]) {
      const packing = improve(packOnce(problem, order, choice), problem);
      if (best === undefined || isBetter(packing, best)) best = packing;
      if (best.cost <= enough && best.left.every((tasks) => tasks === 0)) return best;
      if (problem.types.length <= 1) break;
    }
  }
  return best ?? { bins: [], existing: problem.existing, cost: 0, left: problem.counts };
}

function isBetter(one: Packing, other: Packing): boolean {
  const tasks = ({ left }: Packing): number => left.reduce((sum, number) => sum + number, 0);
  if (tasks(one) !== tasks(other)) return tasks(one) < tasks(other);
  return one.cost < other.cost || (one.cost === other.cost && one.bins.length < other.bins.length);
}

function packOnce(problem: PackingProblem, order: readonly number[], choice: Choice): Packing {
  const { kinds, counts, costs } = problem;
  const left = counts.slice();
  const existing = fillExisting(problem, left, order);
  const weights = weightsOf(kinds.demand, kinds.dimensions.length, left);
  const bins: Bin[] = [];
  let asked = order;
  for (let turn = 0; ; turn += 1) {
    // Kinds of which nothing is left are passed over once in a while: there may be thousands.
    if (turn % MANY_TURNS === 0) asked = asked.filter((kind) => (left[kind] ?? 0) > 0);
    const next = chooseBin(problem, left, asked, choice, weights);
    if (next === undefined) break;
    const times = Math.min(MOST_HOSTS - bins.length, ...[...next.content].map(([kind, copies]) => Math.floor((left[kind] ?? 0) / copies)));
    if (!(times >= 1)) break;
    for (const [kind, copies] of next.content) left[kind] = (left[kind] ?? 0) - times * copies;
    for (let time = 0; time < times; time += 1) bins.push(time === 0 ? next : copyOf(next));
  }
  return { bins, existing, cost: costOf(bins, costs), left };
}

/** The next host, filled; `undefined` where none takes anything. */
function chooseBin(
  { kinds, types, costs }: Pick<PackingProblem, 'kinds' | 'types' | 'costs'>,
  left: Float64Array,
  order: readonly number[],
  choice: Choice,
  weights: Float64Array,
): Bin | undefined {
  const filled = (type: Bin): Bin => {
    const bin = copyOf(type);
    fill(bin, left, order, kinds);
    // What the bin took is taken off once it is chosen.
    for (const [kind, copies] of bin.content) left[kind] = (left[kind] ?? 0) + copies;
    return bin;
  };
  const chosen = choice === 'best' ? undefined : types[choice];
  if (chosen !== undefined) {
    const bin = filled(chosen);
    if (bin.content.size > 0) return bin;
  }
  let best: Bin | undefined;
  let most = 0;
  for (const [index, type] of types.entries()) {
    const bin = filled(type);
    const packed = [...bin.content].reduce((sum, [kind, copies]) => sum + copies * (weights[kind] ?? 0), 0) / (costs[index] ?? 1);
    if (bin.content.size > 0 && (best === undefined || packed > most)) {
      best = bin;
      most = packed;
    }
  }
  return best;
}

/** Of each kind, the sum of its shares in all demand, dimension by dimension; a little for one that asks for ports alone. */
function weightsOf(demand: Float64Array, width: number, counts: Float64Array): Float64Array {
  const total = new Float64Array(width);
  for (const [kind, tasks] of counts.entries()) {
    for (let d = 0; d < width; d += 1) total[d] = (total[d] ?? 0) + tasks * (demand[kind * width + d] ?? 0);
  }
  return counts.map((_, kind) => {
    let weight = 1e-9;
    for (let d = 0; d < width; d += 1) if ((total[d] ?? 0) > 0) weight += (demand[kind * width + d] ?? 0) / (total[d] ?? 1);
    return weight;
  });
}

function ordersOf({ kinds, counts, types, existing }: PackingProblem): ReadonlyArray<readonly number[]> {
  const width = kinds.dimensions.length;
  const capacity = Float64Array.from({ length: width }, (_, d) =>
    Math.max(1, ...[...types, ...existing.slice(0, 100)].map(({ free }) => free[d] ?? 0)),
  );
  const share = (kind: number, d: number): number => (kinds.demand[kind * width + d] ?? 0) / (capacity[d] ?? 1);
  const shares = (kind: number): readonly number[] => Array.from({ length: width }, (_, d) => share(kind, d));
  const asked = [...counts.keys()].filter((kind) => (counts[kind] ?? 0) > 0);
  // What no host to be bought takes has only the hosts that exist, and goes first.
  const isBound = new Map(asked.map((kind) => [kind, types.some((type) => copiesIn(type, kind, kinds) > 0) ? 0 : 1]));
  const by = (size: (kind: number) => number): readonly number[] => {
    const sizes = new Map(asked.map((kind) => [kind, size(kind)]));
    return [...asked].sort((a, b) => (isBound.get(b) ?? 0) - (isBound.get(a) ?? 0) || (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b);
  };
  const scarce = (kind: number): number => -types.filter((type) => copiesIn(type, kind, kinds) > 0).length;
  const largest = (kind: number): number => Math.max(0, ...shares(kind));
  const picky = (kind: number): number => (kinds.exclusive[kind] === true ? 1 : 0);
  const orders = [
    by(largest),
    by((kind) => shares(kind).reduce((sum, part) => sum + part, 0)),
    by((kind) => picky(kind) + largest(kind) / 1e3),
    by((kind) => shares(kind).reduce((product, part) => product * (part + 1e-3), 1)),
    ...kinds.dimensions.map((_, d) => by((kind) => share(kind, d) + largest(kind) / 1e6)),
    by((kind) => scarce(kind) + largest(kind) / 1e3),
    by((kind) => (counts[kind] ?? 0) * largest(kind)),
  ];
  const different = [...new Map(orders.map((order) => [order.join(), order])).values()];
  return asked.length > FEW_KINDS ? different.slice(0, 2) : different;
}

/** Exchanges hosts for cheaper types, and does without those whose tasks fit on others. */
function improve(packing: Packing, problem: PackingProblem): Packing {
  if (packing.bins.length >= MOST_HOSTS) return packing;
  const bins = doWithout(
    packing.bins.map((bin) => downsized(bin, problem)),
    packing.existing,
    problem,
  ).map((bin) => downsized(bin, problem));
  return { ...packing, bins, cost: costOf(bins, problem.costs) };
}

/** The cheapest host that holds the same. */
function downsized(bin: Bin, { kinds, types, costs }: PackingProblem): Bin {
  let best = bin;
  for (const [index, type] of types.entries()) {
    if ((costs[index] ?? 0) >= (costs[best.type] ?? 0)) continue;
    best = holding(type, bin.content, kinds) ?? best;
  }
  return best;
}

function holding(type: Bin, content: ReadonlyMap<number, number>, kinds: PackingProblem['kinds']): Bin | undefined {
  const bin = copyOf(type);
  for (const [kind, copies] of content) {
    if (copiesIn(bin, kind, kinds) < copies) return undefined;
    putIn(bin, kind, copies, kinds);
  }
  return bin;
}

/** Takes away hosts whose tasks fit on the others, those with fewest tasks first. */
function doWithout(given: readonly Bin[], existing: readonly Bin[], { kinds }: PackingProblem): readonly Bin[] {
  const tasksIn = ({ content }: Bin): number => [...content.values()].reduce((sum, copies) => sum + copies, 0);
  const byFill = given.map((bin, index) => ({ index, tasks: tasksIn(bin) })).sort((a, b) => a.tasks - b.tasks || a.index - b.index);
  const bins: Array<Bin | undefined> = [...given, ...existing];
  const takersOf = takersAmong(bins, kinds);
  for (const { index } of byFill.slice(0, Math.min(MOST_TRIES, Math.ceil(2e6 / (bins.length + 1))))) {
    const others = emptiedInto(bins, index, { kinds, takersOf });
    if (others === undefined) continue;
    bins[index] = undefined;
    for (const [at, other] of others) bins[at] = other;
  }
  return bins.slice(0, given.length).filter((bin) => bin !== undefined);
}

/** Where the hosts stand that take copies of a kind. They only fill up, so one that took none when it was first asked never will. */
function takersAmong(bins: ReadonlyArray<Bin | undefined>, kinds: PackingProblem['kinds']): (kind: number) => readonly number[] {
  const takers = new Map<number, readonly number[]>();
  return (kind) => {
    const known = takers.get(kind) ?? bins.flatMap((bin, at) => (bin !== undefined && copiesIn(bin, kind, kinds) > 0 ? [at] : []));
    takers.set(kind, known);
    return known;
  };
}

/** The other hosts as they are with one host's tasks on them; `undefined` where these do not fit. */
function emptiedInto(
  bins: ReadonlyArray<Bin | undefined>,
  index: number,
  { kinds, takersOf }: { readonly kinds: PackingProblem['kinds']; readonly takersOf: (kind: number) => readonly number[] },
): ReadonlyMap<number, Bin> | undefined {
  const changed = new Map<number, Bin>();
  for (const [kind, copies] of bins[index]?.content ?? []) {
    let left = copies;
    for (const at of takersOf(kind)) {
      if (left <= 0) break;
      const other = changed.get(at) ?? bins[at];
      if (at !== index && other !== undefined) left -= moveInto(changed, { at, other, kind, copies: left }, kinds);
    }
    if (left > 0) return undefined;
  }
  return changed;
}

/** Moves as many copies as fit, and answers how many. */
function moveInto(
  changed: Map<number, Bin>,
  { at, other, kind, copies }: { readonly at: number; readonly other: Bin; readonly kind: number; readonly copies: number },
  kinds: PackingProblem['kinds'],
): number {
  const fitting = Math.min(copies, copiesIn(other, kind, kinds));
  if (fitting === 0) return 0;
  const target = changed.get(at) ?? copyOf(other);
  putIn(target, kind, fitting, kinds);
  changed.set(at, target);
  return fitting;
}

function costOf(bins: readonly Bin[], costs: readonly number[]): number {
  // Added up type by type, so that equal packings have equal costs to the last digit.
  const hosts = new Map<number, number>();
  for (const { type } of bins) hosts.set(type, (hosts.get(type) ?? 0) + 1);
  return [...hosts].sort(([a], [b]) => a - b).reduce((sum, [type, number]) => sum + number * (costs[type] ?? 0), 0);
}
