import { BlockingBound } from './blocking-bound.js';
import { canBeBlocked, type SearchBudget } from './blocking-search.js';
import { NO_LIMIT } from './dimension.js';
import { isDistinct } from './kinds.js';
import type { LooseSum } from './loose-sum.js';
import type { PlacementTable } from './placement-table.js';
import type { Candidate, Prover, Unproved } from './prover.js';
import { type Unit, unitsOf } from './unit.js';

/** Steps of one search, and of all searches of one proof. */
const STEPS = 4_000;
const ALL_STEPS = 400_000;
/** Hosts up to which a search is tried. */
const FEW_HOSTS = 16;
const FINE = 1024;

/** Proves that tasks fit on hosts whatever the order they are placed in, while hosts are taken away one by one. */
export class AnyOrderProver implements Prover {
  public readonly isSpent = false;
  readonly #table: PlacementTable;
  readonly #bound: BlockingBound;
  readonly #gone: Uint8Array;
  readonly #counts: Float64Array;
  /** Of each dimension, the most that any one host has left. */
  readonly #mostFree: Float64Array;
  readonly #budget: SearchBudget = { steps: ALL_STEPS };
  readonly #holders: { readonly tcp: ReadonlyMap<number, readonly number[]>; readonly udp: ReadonlyMap<number, readonly number[]> };
  #loose: LooseSum;

  /**
   * @param counts - tasks of each kind to be placed beside those of drained hosts
   * @param loose - the same, of which only the sum is known
   */
  public constructor(table: PlacementTable, counts: ArrayLike<number>, loose: LooseSum) {
    this.#table = table;
    this.#bound = new BlockingBound(table);
    this.#gone = new Uint8Array(table.rooms.length);
    this.#counts = Float64Array.from(counts);
    this.#loose = loose;
    this.#holders = { tcp: holdersOf(table, 'takenTcpPorts'), udp: holdersOf(table, 'takenUdpPorts') };
    const width = table.kinds.dimensions.length;
    this.#mostFree = new Float64Array(width);
    for (const [at, amount] of table.free.entries()) this.#mostFree[at % width] = Math.max(this.#mostFree[at % width] ?? 0, amount);
  }

  public start(): Unproved | undefined {
    return this.#unproved(this.#counts, this.#loose);
  }

  public drain({ index, counts, loose }: Candidate): Unproved | undefined {
    const looseBefore = this.#loose;
    this.#bound.remove(index);
    this.#gone[index] = 1;
    for (const [kind, tasks] of counts) this.#counts[kind] = (this.#counts[kind] ?? 0) + tasks;
    if (loose !== undefined) this.#loose = looseBefore.plus(loose);
    const unproved = this.#unproved(this.#counts, this.#loose);
    if (unproved === undefined) return undefined;
    this.#bound.restore(index);
    this.#gone[index] = 0;
    for (const [kind, tasks] of counts) this.#counts[kind] = (this.#counts[kind] ?? 0) - tasks;
    this.#loose = looseBefore;
    return unproved;
  }

  #unproved(counts: ArrayLike<number>, loose: LooseSum): Unproved | undefined {
    const { kinds } = this.#table;
    const opening = kinds.mayOpen.findIndex((opens, kind) => opens && (counts[kind] ?? 0) > 0);
    if (opening !== -1) return { kind: opening };
    const kind = this.#bound.unproved(counts, loose, (other) => this.#isProvedBySearch(other, counts, loose));
    if (kind === undefined && (loose.isEmpty || this.#holdsLoose(counts, loose))) return undefined;
    if (this.#oneHoldsAll(counts, loose)) return undefined;
    return kind === undefined ? 'LOOSE' : { kind };
  }

  #isProvedBySearch(kind: number, counts: ArrayLike<number>, loose: LooseSum): boolean {
    if (!loose.isEmpty || this.#budget.steps <= 0) return false;
    const hosts: number[] = [];
    for (let host = 0; host < this.#gone.length && hosts.length <= FEW_HOSTS; host += 1) {
      if (this.#gone[host] === 0 && this.#table.copies(host, kind) > 0) hosts.push(host);
    }
    if (hosts.length === 0 || hosts.length > FEW_HOSTS) return false;
    const budget = { steps: Math.min(STEPS, this.#budget.steps) };
    const before = budget.steps;
    const blocked = canBeBlocked(this.#table, kind, hosts, counts, budget);
    this.#budget.steps -= before - Math.max(0, budget.steps);
    return blocked === false;
  }

  /** Whether some host has room for everything at once: then no order can fill it up. */
  #oneHoldsAll(counts: ArrayLike<number>, loose: LooseSum): boolean {
    const { kinds, free, open } = this.#table;
    const width = kinds.dimensions.length;
    const asked = kinds.sizes.flatMap((_, kind) => ((counts[kind] ?? 0) > 0 ? [kind] : []));
    const sum = Float64Array.from({ length: width }, (_, d) =>
      asked.reduce((total, kind) => total + (counts[kind] ?? 0) * (kinds.demand[kind * width + d] ?? 0), loose.amounts[d] ?? 0),
    );
    for (let d = 0; d < width; d += 1) if ((sum[d] ?? 0) > (this.#mostFree[d] ?? 0)) return false;
    if (hasConflict(this.#table, asked, counts, loose)) return false;
    const isKeptOff = this.#keptOff(loose);
    for (let host = 0; host < this.#gone.length; host += 1) {
      if (this.#gone[host] === 1 || sum.some((amount, d) => amount > 0 && amount > (free[host * width + d] ?? 0))) continue;
      if (!loose.isEmpty && isKeptOff(host)) continue;
      if (asked.every((kind) => open[host * kinds.sizes.length + kind] === 1)) return true;
    }
    return false;
  }

  /** The bound for tasks of which only the sum is known: each is at most the largest of the sums it may be part of. */
  #holdsLoose(counts: ArrayLike<number>, loose: LooseSum): boolean {
    const { kinds, free } = this.#table;
    const width = kinds.dimensions.length;
    const unit: Unit = { amounts: loose.largest, scale: FINE, cap: NO_LIMIT };
    let used = loose.unitsOf(unit, undefined, 0);
    for (const [kind] of kinds.sizes.entries()) used += (counts[kind] ?? 0) * unitsOf(unit, kinds.demand, kind * width);
    const conflicts = portConflicts(this.#table, counts, loose);
    const asked = [...unit.amounts.keys()].filter((d) => (unit.amounts[d] ?? 0) > 0);
    const isKeptOff = this.#keptOff(loose);
    let total = 0;
    let most = 0;
    for (let host = 0; host < this.#gone.length; host += 1) {
      if (isKeptOff(host)) continue;
      // As unitsToBlock has it, written out: this is done for every host as often as there are hosts.
      let units = NO_LIMIT;
      for (const d of asked) {
        const amount = unit.amounts[d] ?? 0;
        units = Math.min(units, Math.floor((((free[host * width + d] ?? 0) - amount) * FINE) / amount) + 1);
      }
      if (units < 1) continue;
      // Rounded down: no one knows how many tasks there are.
      total += units - 1;
      most = Math.max(most, units);
      if (conflicts === 0 && used <= total) return true;
    }
    return most > 0 && used + conflicts * most <= total;
  }

  /** Which hosts something other than their resources can keep a loose task off: they are gone or closed, or hold one of the ports. */
  #keptOff(loose: LooseSum): (host: number) => boolean {
    const kept = this.#gone.map((gone, host) => gone | (this.#table.closed[host] ?? 0));
    for (const [port] of loose.tcpPorts) for (const host of this.#holders.tcp.get(port) ?? []) kept[host] = 1;
    for (const [port] of loose.udpPorts) for (const host of this.#holders.udp.get(port) ?? []) kept[host] = 1;
    return (host) => kept[host] === 1;
  }
}

/** Hosts by the port they hold, which a daemon may hold that has still to start. */
function holdersOf({ rooms }: PlacementTable, protocol: 'takenTcpPorts' | 'takenUdpPorts'): ReadonlyMap<number, readonly number[]> {
  const holders = new Map<number, number[]>();
  for (const [host, { free }] of rooms.entries()) {
    for (const port of free[protocol]) {
      const known = holders.get(port);
      if (known === undefined) holders.set(port, [host]);
      else known.push(host);
    }
  }
  return holders;
}

/** Ports asked for more than once: each further task that has one may keep another off a host. */
function portConflicts({ kinds }: PlacementTable, counts: ArrayLike<number>, loose: LooseSum): number {
  const asking = (protocol: 'tcpPorts' | 'udpPorts', port: number, held: number): number =>
    kinds.sizes.reduce((sum, size, kind) => sum + (size[protocol].includes(port) ? (counts[kind] ?? 0) : 0), held - 1);
  let conflicts = 0;
  for (const [port, held] of loose.tcpPorts) conflicts += asking('tcpPorts', port, held);
  for (const [port, held] of loose.udpPorts) conflicts += asking('udpPorts', port, held);
  return conflicts;
}

/** Whether any two of the tasks could not be on one host, or that is unknown. */
function hasConflict(table: PlacementTable, asked: readonly number[], counts: ArrayLike<number>, loose: LooseSum): boolean {
  const { closes, sizes, asksForTasks } = table.kinds;
  if (portConflicts(table, counts, loose) > 0) return true;
  const mayBeKeptOff = (kind: number): boolean => asksForTasks[kind] === true || (sizes[kind] !== undefined && isDistinct(sizes[kind]));
  if (!loose.isEmpty && asked.some(mayBeKeptOff)) return true;
  return asked.some((kind) => closes[kind]?.some((other) => (other === kind ? (counts[kind] ?? 0) > 1 : (counts[other] ?? 0) > 0)));
}
