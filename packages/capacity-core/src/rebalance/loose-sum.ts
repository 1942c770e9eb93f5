import type { TaskSize } from '../task-size.js';
import type { LooseTasks } from './loose-tasks.js';
import type { Unit } from './unit.js';

/** What several hosts' loose tasks take together. */
export class LooseSum {
  public static readonly NONE = new LooseSum(0, new Float64Array(), new Float64Array(), new Map(), new Map());

  private constructor(
    /** Hosts they come from. */
    public readonly blocks: number,
    /** What they take together, dimension by dimension. */
    public readonly amounts: Float64Array,
    /** The most that those of one host take: no task of them takes more. */
    public readonly largest: Float64Array,
    /** Hosts by TCP port held. */
    public readonly tcpPorts: ReadonlyMap<number, number>,
    /** Hosts by UDP port held. */
    public readonly udpPorts: ReadonlyMap<number, number>,
  ) {}

  public get isEmpty(): boolean {
    return this.blocks === 0;
  }

  /** With those of one more host. */
  public plus({ amounts, tcpPorts, udpPorts }: LooseTasks): LooseSum {
    return new LooseSum(
      this.blocks + 1,
      amounts.map((amount, d) => amount + (this.amounts[d] ?? 0)),
      amounts.map((amount, d) => Math.max(amount, this.largest[d] ?? 0)),
      withPorts(this.tcpPorts, tcpPorts),
      withPorts(this.udpPorts, udpPorts),
    );
  }

  /**
   * The most units they use: each may take of one dimension only, so their dimensions add up.
   *
   * @param size - the kind they may keep off hosts by the ports they hold
   * @param perConflict - units that each such port counts for
   */
  public unitsOf(unit: Unit, size: TaskSize | undefined, perConflict: number): number {
    const held = (ports: readonly number[], by: ReadonlyMap<number, number>): number =>
      ports.reduce((sum, port) => sum + (by.get(port) ?? 0), 0);
    const conflicts = size === undefined ? 0 : held(size.tcpPorts, this.tcpPorts) + held(size.udpPorts, this.udpPorts);
    let used = 0;
    for (const [d, amount] of unit.amounts.entries()) if (amount > 0) used += Math.ceil(((this.amounts[d] ?? 0) * unit.scale) / amount);
    return used + conflicts * perConflict;
  }
}

function withPorts(counts: ReadonlyMap<number, number>, ports: readonly number[]): ReadonlyMap<number, number> {
  if (ports.length === 0) return counts;
  const sum = new Map(counts);
  for (const port of ports) sum.set(port, (sum.get(port) ?? 0) + 1);
  return sum;
}
