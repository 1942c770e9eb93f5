import fc from 'fast-check';
import {
  type Daemon,
  type Host,
  type NetworkInterfaceLimits,
  type PlacementConstraint,
  parsePlacementExpression,
  type Task,
  type TaskSize,
} from '../../src/index.js';
import { hostArbitrary, taskSizeArbitrary } from './arbitraries.js';
import { taskSize } from './synthetic-hosts.js';

/** Small enough that network interfaces often bind. */
export const LIMITS: NetworkInterfaceLimits = { small: { interfaces: 2 }, large: { interfaces: 4, trunkedTasks: 6 } };

/** A cluster of which everything is known. */
export interface KnownCluster {
  readonly hosts: readonly Host[];
  readonly tasks: readonly Task[];
  readonly daemons: readonly Daemon[];
  readonly size: TaskSize;
}

const GROUPS = ['service:web', 'service:cron', 'service:agent'];

/** The constraints a size may have, each named for the oracle that judges them by other means than the code under test. */
export const CONSTRAINTS = {
  distinct: { type: 'distinctInstance' },
  zoneA: memberOf('attribute:ecs.availability-zone == a'),
  notWithWeb: memberOf('not(task:group == service:web)'),
  withCron: memberOf('task:group == service:cron'),
} as const satisfies Readonly<Record<string, PlacementConstraint>>;

const hostWithAttributes = (name: string): fc.Arbitrary<Host> =>
  fc
    .tuple(hostArbitrary(name), fc.constantFrom('small', 'large', 'large'), fc.constantFrom('a', 'b'), fc.boolean(), fc.nat({ max: 6 }))
    .map(([host, type, zone, trunk, licences]) => ({
      ...host,
      attributes: [
        { name: 'ecs.instance-type', value: type },
        { name: 'ecs.availability-zone', value: zone },
        ...(trunk && type === 'large' ? [{ name: 'ecs.awsvpc-trunk-id', value: 'eni-1' }] : []),
        ...(licences > 2 ? [{ name: 'licensed' }] : []),
      ],
      registered: { ...host.registered, others: [{ name: 'LICENCES', amount: 6 }] },
      remaining: { ...host.remaining, others: [{ name: 'LICENCES', amount: licences }] },
    }));

const sizeWithConstraints: fc.Arbitrary<TaskSize> = fc
  .tuple(
    taskSizeArbitrary(),
    fc.subarray(Object.values(CONSTRAINTS)),
    fc.record({
      networkMode: fc.constantFrom('bridge' as const, 'awsvpc' as const),
      requiredAttributes: fc.constantFrom([], [{ name: 'licensed' }], [{ name: 'ecs.instance-type', value: 'large' }]),
      others: fc.constantFrom([], [{ name: 'LICENCES', amount: 2 }]),
      group: fc.constantFrom(...GROUPS),
    }),
  )
  .map(([size, placementConstraints, more]) => ({ ...size, ...more, placementConstraints }));

const daemonSize: fc.Arbitrary<Daemon> = fc
  .record({
    cpuUnits: fc.nat({ max: 300 }),
    memoryMiB: fc.integer({ min: 1, max: 300 }),
    networkMode: fc.constantFrom('host' as const, 'awsvpc' as const),
  })
  .map((amounts) => ({ ...taskSize(0, 0, amounts), name: 'agent', group: 'service:agent' }));

/** Up to four hosts with tasks on them, up to one daemon service, and a size with everything a size can have. */
export const knownCluster: fc.Arbitrary<KnownCluster> = fc
  .tuple(fc.array(fc.nat({ max: 99 }), { maxLength: 4 }), sizeWithConstraints, fc.array(daemonSize, { maxLength: 1 }))
  .chain(([names, size, daemons]) => {
    const hosts = names.map((_, index) => hostWithAttributes(`host-${index}`));
    const task = fc.record({
      on: fc.nat({ max: Math.max(names.length, 1) }),
      group: fc.constantFrom(...GROUPS),
      lastStatus: fc.constantFrom('RUNNING', 'RUNNING', 'PENDING', 'STOPPED'),
      desiredStatus: fc.constantFrom('RUNNING', 'RUNNING', 'STOPPED'),
      networkMode: fc.constantFrom('bridge' as const, 'awsvpc' as const),
      launchType: fc.constantFrom('EC2', 'EC2', 'EC2', 'FARGATE'),
    });
    return fc.tuple(fc.tuple(...hosts) as fc.Arbitrary<readonly Host[]>, fc.array(task, { maxLength: 6 })).map(([list, tasks]) => ({
      hosts: list,
      daemons,
      size,
      tasks: tasks
        .filter(({ on }) => !isUnused(list[on]))
        .map(({ on, group, networkMode, ...status }, index): Task => {
          const arn = list[on]?.containerInstanceArn;
          return {
            taskArn: `task-${index}`,
            ...(arn === undefined ? {} : { containerInstanceArn: arn }),
            group,
            ...status,
            daemon: group === 'service:agent',
            size: taskSize(1, 1, { networkMode, group }),
          };
        }),
    }));
  });

/** A host that has all it registered runs no task: every task takes memory. */
function isUnused(host: Host | undefined): boolean {
  return host !== undefined && host.remaining.memoryMiB === host.registered.memoryMiB;
}

function memberOf(text: string): PlacementConstraint {
  const parsed = parsePlacementExpression(text);
  if (!parsed.ok) throw new TypeError(parsed.error.message);
  return { type: 'memberOf', expression: parsed.value };
}
