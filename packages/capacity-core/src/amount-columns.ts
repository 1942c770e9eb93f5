import type { HostResources } from './resource.js';

/** What a host has left, and what it had when it was empty. */
export interface HostAmounts {
  readonly remaining: HostResources;
  readonly registered: HostResources;
}

/** One amount of every host; an amount that is no number, or less than none, is none. */
export interface AmountColumn {
  /** What is left of it. At least 0. */
  readonly now: Float64Array;
  /** What there was when the host was empty. At least 0. */
  readonly empty: Float64Array;
}

/**
 * Amounts of many hosts, a column each.
 *
 * A pass over a column reads memory in order; a pass over hosts follows pointers, which takes several times as long. Fields are
 * named one by one: a field whose name is computed is found by a search, which takes longer than what is done with it.
 */
export class AmountColumns {
  /** CPU units of every host. */
  public readonly cpuUnits: AmountColumn;
  /** MiB of every host. */
  public readonly memoryMiB: AmountColumn;
  readonly #hosts: readonly HostAmounts[];
  #gpus: AmountColumn | undefined;
  readonly #freePorts = new Map<string, AmountColumn>();

  public constructor(hosts: readonly HostAmounts[]) {
    this.#hosts = hosts;
    this.cpuUnits = emptyColumn(hosts.length);
    this.memoryMiB = emptyColumn(hosts.length);
    let index = 0;
    // Both in one pass: to get at a host takes longer than to copy its amounts.
    for (const { remaining, registered } of hosts) {
      this.cpuUnits.now[index] = atLeastNone(remaining.cpuUnits);
      this.memoryMiB.now[index] = atLeastNone(remaining.memoryMiB);
      this.cpuUnits.empty[index] = atLeastNone(registered.cpuUnits);
      this.memoryMiB.empty[index] = atLeastNone(registered.memoryMiB);
      index += 1;
    }
  }

  /** GPUs of every host. */
  public get gpus(): AmountColumn {
    this.#gpus ??= this.#columnOf(({ gpus }) => atLeastNone(gpus));
    return this.#gpus;
  }

  /** For every host 1 where all the TCP ports asked for are free, and 0 where one is taken. */
  public freeTcpPorts(asked: readonly number[]): AmountColumn {
    return this.#freeColumn(`tcp ${asked.join()}`, asked, ({ takenTcpPorts }) => takenTcpPorts);
  }

  /** The same of UDP ports. */
  public freeUdpPorts(asked: readonly number[]): AmountColumn {
    return this.#freeColumn(`udp ${asked.join()}`, asked, ({ takenUdpPorts }) => takenUdpPorts);
  }

  #freeColumn(key: string, asked: readonly number[], takenBy: (resources: HostResources) => readonly number[]): AmountColumn {
    const known = this.#freePorts.get(key);
    if (known !== undefined) return known;
    const column = this.#columnOf((resources) => (areFree(asked, takenBy(resources)) ? 1 : 0));
    this.#freePorts.set(key, column);
    return column;
  }

  #columnOf(amountOf: (resources: HostResources) => number): AmountColumn {
    const column = emptyColumn(this.#hosts.length);
    let index = 0;
    for (const { remaining, registered } of this.#hosts) {
      column.now[index] = amountOf(remaining);
      column.empty[index] = amountOf(registered);
      index += 1;
    }
    return column;
  }
}

function emptyColumn(count: number): AmountColumn {
  return { now: new Float64Array(count), empty: new Float64Array(count) };
}

function atLeastNone(amount: number): number {
  return amount > 0 ? amount : 0;
}

function areFree(asked: readonly number[], taken: readonly number[]): boolean {
  for (const port of asked) if (taken.includes(port)) return false;
  return true;
}
