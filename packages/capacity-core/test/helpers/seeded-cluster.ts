import { fits, type Host, type HostRoom, place, placementContext, roomOf, type Task, type TaskSize } from '../../src/index.js';
import { arnOf, resources, taskSize } from './synthetic-hosts.js';

/** A cluster too large to try every order of placement in, the same for a seed in every run. */
export interface SeededCluster {
  readonly hosts: readonly Host[];
  readonly tasks: readonly Task[];
  readonly taskSizes: readonly TaskSize[];
  readonly networkInterfaceLimits: Readonly<Record<string, { readonly interfaces: number }>>;
}

const LIMITS = { 'some.type': { interfaces: 4 } };
const ZONES = ['a', 'b', 'c'];

/** Whole numbers that look random: each below the bound asked for. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function sizesOf(next: (below: number) => number, count: number): readonly TaskSize[] {
  return Array.from({ length: count }, (_, index) => {
    const rarely = <Value>(some: Value, none: Value): Value => (next(6) === 0 ? some : none);
    return taskSize(64 + 32 * next(12), 128 + 64 * next(14), {
      name: `size-${index}`,
      group: `service:${index}`,
      gpus: rarely(1, 0),
      tcpPorts: rarely([8000 + (index % 2)], []),
      udpPorts: rarely([53], []),
      others: rarely([{ name: 'licence', amount: 1 + (index % 2) }], []),
      networkMode: rarely('awsvpc', 'bridge'),
      requiredAttributes: rarely([{ name: 'ssd' }], []),
      placementConstraints: rarely([{ type: 'distinctInstance' }], []),
      headroom: next(3) === 0 ? 1 + next(2) : 0,
    });
  });
}

function emptyHost(next: (below: number) => number, index: number): Host {
  const scale = 1 + next(2);
  const registered = resources(1024 * scale, 1984 * scale, {
    gpus: next(3) === 0 ? 2 : 0,
    takenTcpPorts: [22],
    others: next(2) === 0 ? [{ name: 'licence', amount: 3 }] : [],
  });
  return {
    containerInstanceArn: arnOf(`host-${index}`),
    status: 'ACTIVE',
    agentConnected: true,
    version: 1,
    attributes: [
      { name: 'ecs.instance-type', value: 'some.type' },
      { name: 'ecs.availability-zone', value: ZONES[next(3)] ?? 'a' },
      ...(next(2) === 0 ? [{ name: 'ssd' }] : []),
    ],
    registered,
    remaining: registered,
  };
}

/** Hosts of two sizes in three zones, with tasks of a few kinds placed at random; one task in eight waits or runs alone. */
export function seededCluster(seed: number, { hosts: count = 8, tasks: tries = 20, sizes: kinds = 4 } = {}): SeededCluster {
  const next = numbers(seed);
  const taskSizes = sizesOf(next, kinds);
  const context = placementContext({ tasks: [], networkInterfaceLimits: LIMITS });
  const rooms: HostRoom[] = Array.from({ length: count }, (_, index) => roomOf(emptyHost(next, index), context));
  const tasks: Task[] = [];
  for (let index = 0; index < tries; index += 1) {
    const size = taskSizes[next(kinds)] as TaskSize;
    const at = next(count);
    const room = rooms[at] as HostRoom;
    const kind = next(16);
    const task = { taskArn: `task-${index}`, group: kind === 1 ? 'family:alone' : (size.group ?? ''), daemon: kind === 2, size };
    if (kind === 0) tasks.push({ ...task, lastStatus: 'PENDING' });
    else if (fits(room, size).copies > 0) {
      rooms[at] = place(room, size);
      tasks.push({ ...task, containerInstanceArn: room.host.containerInstanceArn, lastStatus: 'RUNNING' });
    }
  }
  const status = (): string => (next(10) === 0 ? 'DRAINING' : 'ACTIVE');
  return {
    hosts: rooms.map(({ host, free }) => ({ ...host, status: status(), remaining: free })),
    tasks,
    taskSizes,
    networkInterfaceLimits: LIMITS,
  };
}
