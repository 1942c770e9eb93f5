import fc from 'fast-check';
import {
  fits,
  type Host,
  type HostRoom,
  type PlacementConstraint,
  parsePlacementExpression,
  place,
  placementContext,
  roomOf,
  type Task,
  type TaskSize,
} from '../../src/index.js';
import { arnOf, resources, taskSize } from './synthetic-hosts.js';

/** A cluster small enough to try every order of placement in. */
export interface SmallCluster {
  readonly hosts: readonly Host[];
  /** Every task, placed or waiting. */
  readonly tasks: readonly Task[];
  /** Sizes with headroom. */
  readonly taskSizes: readonly TaskSize[];
  /** `awsvpc` tasks an empty host takes. */
  readonly networkInterfaceLimits: Readonly<Record<string, { readonly interfaces: number }>>;
}

/** How varied the clusters are. */
export interface SmallClusterOptions {
  readonly hosts?: number;
  readonly tasks?: number;
  /** Whether sizes have ports, groups, GPUs, attributes and interfaces, or CPU and memory alone. */
  readonly isPlain?: boolean;
}

const LIMITS = { 'small.type': { interfaces: 3 } };

/** Constraints that other tasks on a host can break. */
const APART: ReadonlyArray<readonly PlacementConstraint[]> = [
  [{ type: 'distinctInstance' }],
  ...['not(task:group == service:a)', 'attribute:ssd exists and not(task:group in [service:b])'].map((text) => {
    const parsed = parsePlacementExpression(text);
    return parsed.ok ? [{ type: 'memberOf' as const, expression: parsed.value }] : [];
  }),
];

function sizeArbitrary(name: string, isPlain: boolean): fc.Arbitrary<TaskSize> {
  const demand = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 6 }));
  const rare = <Value>(none: Value, some: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
    isPlain ? fc.constant(none) : fc.oneof({ weight: 4, arbitrary: fc.constant(none) }, some);
  return fc
    .record({
      cpuUnits: demand,
      memoryMiB: demand,
      gpus: rare(0, fc.integer({ min: 1, max: 2 })),
      tcpPorts: rare<readonly number[]>([], fc.subarray([80, 81], { minLength: 1 })),
      placementConstraints: rare<readonly PlacementConstraint[]>([], fc.constantFrom(...APART)),
      isAwsvpc: rare(false, fc.constant(true)),
      needsSsd: rare(false, fc.constant(true)),
      group: fc.constantFrom('service:a', 'service:b'),
      headroom: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 2 })),
    })
    .filter(({ cpuUnits, memoryMiB }) => cpuUnits + memoryMiB > 0)
    .map(({ cpuUnits, memoryMiB, isAwsvpc, needsSsd, ...others }) =>
      taskSize(cpuUnits, memoryMiB, {
        name,
        ...others,
        networkMode: isAwsvpc ? 'awsvpc' : 'bridge',
        requiredAttributes: needsSsd ? [{ name: 'ssd' }] : [],
      }),
    );
}

/** Clusters of a few hosts and tasks; some tasks wait, some hosts are being drained. */
export function smallClusterArbitrary({ hosts = 4, tasks = 6, isPlain = false }: SmallClusterOptions = {}): fc.Arbitrary<SmallCluster> {
  const hostArbitrary = fc.record({
    cpuUnits: fc.integer({ min: 2, max: 10 }),
    memoryMiB: fc.integer({ min: 2, max: 10 }),
    gpus: isPlain ? fc.constant(0) : fc.constantFrom(0, 0, 2),
    hasSsd: fc.boolean(),
    status: fc.oneof({ weight: 8, arbitrary: fc.constant('ACTIVE') }, fc.constant('DRAINING')),
  });
  return fc
    .record({
      hosts: fc.array(hostArbitrary, { minLength: 1, maxLength: hosts }),
      sizes: fc.tuple(sizeArbitrary('one', isPlain), sizeArbitrary('two', isPlain), sizeArbitrary('three', isPlain)),
      placements: fc.array(
        fc.record({ size: fc.nat({ max: 2 }), host: fc.nat({ max: hosts }), isDaemon: fc.constantFrom(false, false, false, false, true) }),
        {
          maxLength: tasks,
        },
      ),
    })
    .map((drawn) => build(drawn));
}

function build({
  hosts: drawnHosts,
  sizes,
  placements,
}: {
  readonly hosts: ReadonlyArray<{ cpuUnits: number; memoryMiB: number; gpus: number; hasSsd: boolean; status: string }>;
  readonly sizes: readonly TaskSize[];
  readonly placements: ReadonlyArray<{ size: number; host: number; isDaemon: boolean }>;
}): SmallCluster {
  const empty = drawnHosts.map(({ cpuUnits, memoryMiB, gpus, hasSsd }, index): Host => {
    const registered = resources(cpuUnits, memoryMiB, { gpus, takenTcpPorts: [22] });
    return {
      containerInstanceArn: arnOf(`host-${index}`),
      status: 'ACTIVE',
      agentConnected: true,
      version: 1,
      attributes: [{ name: 'ecs.instance-type', value: 'small.type' }, ...(hasSsd ? [{ name: 'ssd' }] : [])],
      registered,
      remaining: registered,
    };
  });
  const context = placementContext({ tasks: [], networkInterfaceLimits: LIMITS });
  const rooms = empty.map((host) => roomOf(host, context));
  const tasks: Task[] = [];
  for (const [index, { size: at, host, isDaemon }] of placements.entries()) {
    const size = sizes[at] as TaskSize;
    const room = rooms[host];
    const task = { taskArn: `task-${index}`, ...(size.group === undefined ? {} : { group: size.group }), daemon: isDaemon, size };
    if (room !== undefined && fits(room, size).copies > 0) {
      rooms[host] = place(room, size);
      tasks.push({ ...task, containerInstanceArn: room.host.containerInstanceArn, lastStatus: 'RUNNING' });
    } else if (!isDaemon && index % 2 === 0) tasks.push({ ...task, lastStatus: 'PROVISIONING' });
  }
  return {
    hosts: rooms.map(({ host, free }, index) => ({ ...host, status: drawnHosts[index]?.status ?? 'ACTIVE', remaining: free })),
    tasks,
    taskSizes: sizes,
    networkInterfaceLimits: LIMITS,
  };
}

/** What has no place once the given hosts are drained: waiting, on hosts that are drained, and headroom. */
export function homeless(cluster: SmallCluster, drained: readonly string[]): readonly TaskSize[] {
  const leaving = new Set([
    ...drained,
    ...cluster.hosts.filter(({ status }) => status === 'DRAINING').map((host) => host.containerInstanceArn),
  ]);
  const moving = cluster.tasks
    .filter(({ containerInstanceArn, daemon }) => !daemon && (containerInstanceArn === undefined || leaving.has(containerInstanceArn)))
    .map(({ size }) => size);
  return [...moving, ...cluster.taskSizes.flatMap((size) => Array.from({ length: size.headroom }, () => size))];
}

/** The rooms of the hosts that stay. */
export function roomsWithout(cluster: SmallCluster, drained: readonly string[]): readonly HostRoom[] {
  const context = placementContext(cluster);
  return cluster.hosts
    .filter(({ status, containerInstanceArn }) => status === 'ACTIVE' && !drained.includes(containerInstanceArn))
    .map((host) => roomOf(host, context));
}

/** Whether tasks are all placed in every order, and whichever host with room each is given: tries all of them. */
export function fitInAnyOrder(rooms: readonly HostRoom[], tasks: readonly TaskSize[]): boolean {
  const seen = new Map<string, boolean>();
  const names = [...new Set(tasks)];
  const visit = (left: ReadonlyMap<TaskSize, number>, now: readonly HostRoom[], key: readonly string[]): boolean => {
    const state = `${names.map((size) => left.get(size) ?? 0).join()} ${key.join('|')}`;
    const known = seen.get(state);
    if (known !== undefined) return known;
    const all = [...left].every(([size, number]) => number === 0 || everyHost(size, new Map(left).set(size, number - 1), now, key));
    seen.set(state, all);
    return all;
  };
  const everyHost = (size: TaskSize, left: ReadonlyMap<TaskSize, number>, now: readonly HostRoom[], key: readonly string[]): boolean => {
    const open = now.flatMap((room, index) => (fits(room, size).copies > 0 ? [{ room, index }] : []));
    const withOne = (index: number): string => [...(key[index] ?? ''), String(names.indexOf(size))].sort().join('');
    return (
      open.length > 0 && open.every(({ room, index }) => visit(left, now.with(index, place(room, size)), key.with(index, withOne(index))))
    );
  };
  const left = new Map<TaskSize, number>();
  for (const task of tasks) left.set(task, (left.get(task) ?? 0) + 1);
  return visit(
    left,
    rooms,
    rooms.map(() => ''),
  );
}

/** The most hosts that can be emptied together, found by trying every set of them. */
export function mostDrainable(cluster: SmallCluster): number {
  const active = cluster.hosts.filter(({ status }) => status === 'ACTIVE').map((host) => host.containerInstanceArn);
  let most = 0;
  for (let set = 0; set < 2 ** active.length; set += 1) {
    const drained = active.filter((_, index) => (set & (2 ** index)) > 0);
    if (drained.length > most && fitInAnyOrder(roomsWithout(cluster, drained), homeless(cluster, drained))) most = drained.length;
  }
  return most;
}
