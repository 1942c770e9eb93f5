import type { HostResources } from './resource.js';

/** What a host has left, and what it had when it was empty. */
export interface HostAmounts {
  readonly remaining: HostResources;
  readonly registered: HostResources;
}

/**
 * Amounts of many hosts, a column each.
 *
 * A pass over a column reads memory in order; a pass over hosts follows pointers, which takes several times as long. Fields are
 * named one by one: a field whose name is computed is found by a search, which takes longer than what is done with it.
 */
export class AmountColumns {
  /** CPU units of every host. */
  public readonly cpuUnits: Float64Array;
  /** MiB of every host. */
  public readonly memoryMiB: Float64Array;
  readonly #resources: readonly HostResources[];
  #gpus: Float64Array | undefined;
  readonly #freePorts = new Map<string, Uint8Array>();

  public constructor(resources: readonly HostResources[]) {
    const count = resources.length;
    this.#resources = resources;
    this.cpuUnits = new Float64Array(count);
    this.memoryMiB = new Float64Array(count);
    let index = 0;
    for (const { cpuUnits, memoryMiB } of resources) {
      this.cpuUnits[index] = cpuUnits;
      this.memoryMiB[index] = memoryMiB;
      index += 1;
    }
  }

  /** GPUs of every host. */
  public get gpus(): Float64Array {
    this.#gpus ??= Float64Array.from(this.#resources, ({ gpus }) => gpus);
    return this.#gpus;
  }

  /** For every host 1 where all the TCP ports asked for are free, and 0 where one is taken; `undefined` where none is asked for. */
  public freeTcpPorts(asked: readonly number[]): Uint8Array | undefined {
    return this.#freeColumn(`tcp ${asked.join()}`, asked, ({ takenTcpPorts }) => takenTcpPorts);
  }

  /** The same of UDP ports. */
  public freeUdpPorts(asked: readonly number[]): Uint8Array | undefined {
    return this.#freeColumn(`udp ${asked.join()}`, asked, ({ takenUdpPorts }) => takenUdpPorts);
  }

  #freeColumn(key: string, asked: readonly number[], takenBy: (resources: HostResources) => readonly number[]): Uint8Array | undefined {
    if (asked.length === 0) return undefined;
    const known = this.#freePorts.get(key);
    if (known !== undefined) return known;
    const column = new Uint8Array(this.#resources.length);
    let index = 0;
    for (const resources of this.#resources) {
      column[index] = areFree(asked, takenBy(resources)) ? 1 : 0;
      index += 1;
    }
    this.#freePorts.set(key, column);
    return column;
  }
}

function areFree(asked: readonly number[], taken: readonly number[]): boolean {
  for (const port of asked) if (taken.includes(port)) return false;
  return true;
}
