import type { AmountColumn, AmountColumns } from './amount-columns.js';
import type { Reason } from './reason.js';
import { Tally } from './tally.js';
import type { TaskSize } from './task-size.js';

/** Whether resources alone decide where the task fits, at most three of them, and only those that ECS names itself. */
export function isPlain(size: TaskSize): boolean {
  return (
    size.networkMode !== 'awsvpc' &&
    size.others.length === 0 &&
    size.requiredAttributes.length === 0 &&
    size.placementConstraints.length === 0 &&
    resourcesBeside(size) <= 1 &&
    (size.cpuUnits > 0 || size.memoryMiB > 0)
  );
}

/** How many resources it asks for beside CPU and memory. */
function resourcesBeside({ gpus, tcpPorts, udpPorts }: TaskSize): number {
  return Number(gpus > 0) + Number(tcpPorts.length > 0) + Number(udpPorts.length > 0);
}

/**
 * Counts a plain size over the hosts: what `fits` says of each, in one pass that makes no object a host.
 *
 * Which resource binds a host cannot be foretold, and a wrong guess of the processor costs more than arithmetic. So the passes add up
 * without branches; each names what it reads, since a list of resources within the pass takes twice as long.
 */
export function countPlain(columns: AmountColumns, size: TaskSize): Tally {
  const cpu = asked('CPU', columns.cpuUnits, size.cpuUnits);
  const memory = asked('MEMORY', columns.memoryMiB, size.memoryMiB);
  const third = thirdOf(columns, size);
  return third === undefined ? countTwo(cpu, memory) : countThree(cpu, memory, third);
}

/** What each copy takes of one resource, and what hosts have of it. */
interface Asked extends AmountColumn {
  readonly reason: Reason;
  /** Above 0. */
  readonly each: number;
}

function thirdOf(columns: AmountColumns, { gpus, tcpPorts, udpPorts }: TaskSize): Asked | undefined {
  if (gpus > 0) return asked('GPU', columns.gpus, gpus);
  if (tcpPorts.length > 0) return asked('PORTS', columns.freeTcpPorts(tcpPorts), 1);
  return udpPorts.length > 0 ? asked('PORTS_UDP', columns.freeUdpPorts(udpPorts), 1) : undefined;
}

/** Of what is not asked for, hosts have enough for any number of copies. */
function asked(reason: Reason, { now, empty }: AmountColumn, each: number): Asked {
  if (each > 0) return { reason, now, empty, each };
  const unlimited = now.map(() => Number.POSITIVE_INFINITY);
  return { reason, now: unlimited, empty: unlimited, each: 1 };
}

function countTwo(one: Asked, two: Asked): Tally {
  const tally = new Tally();
  const [sumOne, sumTwo] = [new BoundSum(), new BoundSum()];
  for (let index = 0; index < one.now.length; index += 1) {
    const byOne = Math.floor((one.now[index] ?? 0) / one.each);
    const byTwo = Math.floor((two.now[index] ?? 0) / two.each);
    const copies = Math.min(byOne, byTwo);
    tally.addHost(copies, Math.floor(Math.min((one.empty[index] ?? 0) / one.each, (two.empty[index] ?? 0) / two.each)));
    sumOne.add(byOne, copies, byTwo);
    sumTwo.add(byTwo, copies, byOne);
  }
  sumOne.addTo(tally, one.reason);
  sumTwo.addTo(tally, two.reason);
  return tally;
}

function countThree(one: Asked, two: Asked, three: Asked): Tally {
  const tally = new Tally();
  const [sumOne, sumTwo, sumThree] = [new BoundSum(), new BoundSum(), new BoundSum()];
  for (let index = 0; index < one.now.length; index += 1) {
    const byOne = Math.floor((one.now[index] ?? 0) / one.each);
    const byTwo = Math.floor((two.now[index] ?? 0) / two.each);
    const byThree = Math.floor((three.now[index] ?? 0) / three.each);
    const copies = Math.min(byOne, byTwo, byThree);
    const whenEmpty = Math.min(
      (one.empty[index] ?? 0) / one.each,
      (two.empty[index] ?? 0) / two.each,
      (three.empty[index] ?? 0) / three.each,
    );
    tally.addHost(copies, Math.floor(whenEmpty));
    sumOne.add(byOne, copies, Math.min(byTwo, byThree));
    sumTwo.add(byTwo, copies, Math.min(byOne, byThree));
    sumThree.add(byThree, copies, Math.min(byOne, byTwo));
  }
  sumOne.addTo(tally, one.reason);
  sumTwo.addTo(tally, two.reason);
  sumThree.addTo(tally, three.reason);
  return tally;
}

/** On how many hosts one resource binds, and how many more would fit there without it. */
class BoundSum {
  #hosts = 0;
  #gain = 0;

  /** A host on which the resource alone allows `own`, all together `copies`, and the other resources `others`. */
  public add(own: number, copies: number, others: number): void {
    this.#hosts += Number(own === copies);
    // None where another binds too: what the others allow is then no more.
    this.#gain += others - copies;
  }

  public addTo(tally: Tally, reason: Reason): void {
    if (this.#hosts > 0) tally.addBound(reason, this.#hosts, this.#gain);
  }
}
